public import DifyProtocol

/// What Dify makes of an API document.
public struct ImportedAPI: Sendable, Hashable {
    /// What Dify takes the document for. Its readers for Swagger and plugin manifests are never reached, so this
    /// is always `openapi`.
    public let schemaType: String
    /// `info.description` as it stands: a text, or whatever else the document holds there.
    public let description: JSONValue
    /// What Dify warns of: `duplicated_parameter`, with the last one found.
    public let warning: JSONObject
    /// The tools, path by path in document order, methods of a path in Dify's fixed order.
    public let tools: [ToolBundle]

    /// Reads an API document by the rules of a release of Dify.
    ///
    /// - Parameters:
    ///   - text: JSON or YAML.
    ///   - environment: The value of the request header `X-Request-Env`, which selects a server by its `env`.
    ///   - profile: The release.
    /// - Throws: ``APISchemaError`` with the text that Dify shows.
    public init(
        _ text: String, environment: String? = nil, profile: Profile = .current
    ) throws(APISchemaError) {
        var importer = OpenAPIImporter(try APIDocument(text).root, profile: profile)
        self = try importer.importTools(environment: environment)
    }

    /// Reads an API document that stands within another file, by the same rules.
    ///
    /// - Returns: The import, and the document as JSON text, which imports to the same.
    package static func inline(
        _ node: YAMLNode, profile: Profile = .current
    ) throws(APISchemaError) -> (api: ImportedAPI, text: String) {
        let document: DocumentValue
        do {
            document = try PyYAMLSchema.value(of: node)
        } catch {
            throw APISchemaError(.schema, error.pythonText)
        }
        var importer = OpenAPIImporter(document, profile: profile)
        return (try importer.importTools(environment: nil), document.json.description)
    }

    init(description: JSONValue, warning: JSONObject, tools: [ToolBundle]) {
        schemaType = "openapi"
        self.description = description
        self.warning = warning
        self.tools = tools
    }

    /// The result with the keys that Dify uses.
    public var json: JSONValue {
        [
            "schema_type": .string(schemaType), "description": description, "warning": .object(warning),
            "tools": .array(tools.map(\.json)),
        ]
    }
}
