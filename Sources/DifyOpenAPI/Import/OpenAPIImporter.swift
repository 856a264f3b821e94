internal import DifyProtocol
internal import OrderedCollections

/// Dify's reading of an OpenAPI document, step by step (`parse_openapi_to_tool_bundle`, Dify 1.0.0 to 1.14.2).
///
/// The order of the steps decides which error a broken document gives, so it is Dify's.
struct OpenAPIImporter {
    /// Dify's order of methods within a path.
    static let methods = ["get", "post", "put", "delete", "patch", "head", "options", "trace"]

    /// The document. Merging `allOf` changes shared schemas in place, and later references see that.
    var document: DocumentValue
    let profile: Profile
    private var warning = JSONObject()
    /// The content type that was looked at last, which before 1.9.1 outlives the operation.
    private var lastContentType: DocumentValue?

    init(_ document: DocumentValue, profile: Profile) {
        self.document = document
        self.profile = profile
    }

    mutating func importTools(environment: String?) throws(APISchemaError) -> ImportedAPI {
        let description = try document.index("info").get("description")?.json ?? ""
        let server = try serverURL(environment: environment)
        var operations: [(path: DocumentValue, method: String, operation: DocumentValue)] = []
        for (path, item) in try document.index("paths").items() {
            for method in Self.methods where try item.contains(method) {
                operations.append((path, method, try item.index(method)))
            }
        }
        var tools: [ToolBundle] = []
        for (path, method, operation) in operations {
            tools.append(try bundle(operation, method: method, path: path, server: server))
        }
        return ImportedAPI(description: description, warning: warning, tools: tools)
    }

    // MARK: - Servers

    private func serverURL(environment: String?) throws(APISchemaError) -> DocumentValue {
        let servers = try document.index("servers")
        switch servers {
        case .list([]), .string(""): throw Self.noServer
        case .map(let map) where map.isEmpty: throw Self.noServer
        case .map: throw APISchemaError(.key, "0")
        case .list, .string: break
        default: throw APISchemaError(.type, "object of type '\(servers.pythonType)' has no len()")
        }
        let list = try servers.iterated()
        let first = try list[0].index("url")
        guard let environment, !environment.isEmpty else { return first }
        var matching: [DocumentValue] = []
        for server in list where try server.index("env") == .string(environment) {
            matching.append(try server.index("url"))
        }
        return matching.first ?? first
    }

    private static let noServer = APISchemaError(.provider, "No server found in the openapi yaml.")

    // MARK: - One operation

    private mutating func bundle(
        _ source: DocumentValue, method: String, path: DocumentValue, server: DocumentValue
    ) throws(APISchemaError) -> ToolBundle {
        var operation = source
        var parameters: [ToolParameter] = []
        if try operation.contains("parameters") {
            let resolved = try resolvedParameters(operation.index("parameters"))
            operation.set("parameters", to: .list(resolved))
            for entry in resolved { parameters.append(try ToolParameter(parameter: entry, profile: profile)) }
        }
        if try operation.contains("requestBody") {
            let (body, properties) = try requestBody(operation.index("requestBody"))
            operation.set("requestBody", to: body)
            parameters += properties
        }
        warnOfDuplicates(parameters)
        let nameIsGenerated = try !operation.contains("operationId")
        if nameIsGenerated {
            let name = try OperationName.generated(path: path, method: method, server: server, profile: profile)
            operation.set("operationId", to: .string(name))
        }
        return try ToolBundle(
            operation, parameters: parameters, method: method, url: try Self.joined(server, path),
            nameIsGenerated: nameIsGenerated)
    }

    private func resolvedParameters(_ list: DocumentValue) throws(APISchemaError) -> [DocumentValue] {
        guard profile.has(.parameterReferences) else { return try list.iterated() }
        var resolved: [DocumentValue] = []
        for entry in try list.iterated() {
            resolved.append(try entry.contains("$ref") ? document.resolve(try entry.index("$ref")) : entry)
        }
        return resolved
    }

    /// - Returns: The body with its schemas put in place of references, and the parameters of all content types
    ///   (before 1.9.1: of the last).
    private mutating func requestBody(
        _ source: DocumentValue
    ) throws(APISchemaError) -> (DocumentValue, [ToolParameter]) {
        guard try source.contains("content") else { return (source, []) }
        var body = source
        var content = try source.index("content")
        var parameters: [ToolParameter] = []
        for (type, media) in try content.items() {
            lastContentType = type
            guard try media.contains("schema") else { continue }
            var media = media
            var schema = try media.index("schema")
            if try schema.contains("$ref") {
                schema = try resolvedSchema(reference: schema.index("$ref"))
                media.set("schema", to: schema)
                content.set(type, to: media)
            }
            if profile.has(.allContentTypes) { parameters += try properties(of: schema) }
        }
        if !profile.has(.allContentTypes) { parameters = try lastProperties(of: content) }
        body.set("content", to: content)
        return (body, parameters)
    }

    /// The parameters of the content type that was looked at last: of this body, or without any of an earlier one.
    private func lastProperties(of content: DocumentValue) throws(APISchemaError) -> [ToolParameter] {
        guard let type = lastContentType else {
            let text = "cannot access local variable 'content_type' where it is not associated with a value"
            throw APISchemaError(.unboundLocal, text)
        }
        guard let media = content.map?[type] else { throw APISchemaError(.key, type.pythonRepr) }
        return try media.contains("schema") ? properties(of: media.index("schema")) : []
    }

    private func properties(of schema: DocumentValue) throws(APISchemaError) -> [ToolParameter] {
        let required = try schema.get("required") ?? .list([])
        var parameters: [ToolParameter] = []
        for (name, property) in try (schema.get("properties") ?? .map([:])).items() {
            parameters.append(
                try ToolParameter(name: name, property: property, required: required, profile: profile))
        }
        return parameters
    }

    private mutating func warnOfDuplicates(_ parameters: [ToolParameter]) {
        var counts: OrderedDictionary<String, Int> = [:]
        for parameter in parameters { counts[parameter.name, default: 0] += 1 }
        for (name, count) in counts where count > 1 {
            warning["duplicated_parameter"] = .string("Parameter \(name) is duplicated.")
        }
    }

    private static func joined(_ server: DocumentValue, _ path: DocumentValue) throws(APISchemaError) -> String {
        guard case .string(let base) = server else {
            throw APISchemaError(
                .type, "unsupported operand type(s) for +: '\(server.pythonType)' and '\(path.pythonType)'")
        }
        guard case .string(let path) = path else {
            throw APISchemaError(.type, "can only concatenate str (not \"\(path.pythonType)\") to str")
        }
        return base + path
    }
}

extension DocumentValue {
    /// `self[key] = value`, for a mapping.
    mutating func set(_ key: DocumentValue, to value: DocumentValue) {
        guard case .map(var map) = self else { return }
        map[key] = value
        self = .map(map)
    }

    mutating func set(_ key: String, to value: DocumentValue) { set(.string(key), to: value) }
}
