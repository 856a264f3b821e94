internal import DifyProtocol
internal import OrderedCollections

/// Tells what in an API document Dify ignores or breaks on, with the place and the consequence.
///
/// The rules are those of Dify 1.14.2's importer and of its calls of custom tools.
public struct APILint {
    private let root: DocumentValue
    private var findings: [LintFinding] = []

    /// The findings in a document, in its order. A text that is neither JSON nor YAML has none: Dify's refusal says it.
    public static func findings(in text: String) -> [LintFinding] {
        guard let document = try? APIDocument(text) else { return [] }
        var lint = APILint(root: document.root)
        lint.run()
        return lint.findings
    }

    private init(root: DocumentValue) { self.root = root }

    private mutating func say(_ cursor: LintCursor, _ consequence: String) {
        findings.append(LintFinding(pointer: cursor.pointer, consequence: consequence))
    }

    private mutating func run() {
        let document = LintCursor(value: root, pointer: "")
        guard root.map != nil else {
            say(document, "this is no OpenAPI document but a \(root.pythonType); Dify refuses it")
            return
        }
        if let version = document["swagger"] {
            say(
                version, "Dify reads OpenAPI only; a Swagger document is refused unless it has \"servers\" (convert it)"
            )
        }
        for key in ["info", "servers", "paths"] where document[key] == nil {
            say(document, "\"\(key)\" is missing; Dify refuses the document with '\(key)'")
        }
        if let description = document["info"]?["description"], description.value.text == nil {
            say(description, "a description that is no text lets Dify read the document, but not save the provider")
        }
        lintServers(document["servers"])
        if let paths = document["paths"], paths.value.map == nil || paths.members.isEmpty {
            say(
                paths,
                paths.value.map == nil ? "Dify refuses the document: paths must be a mapping" : "there are no tools")
        }
        if let security = document["security"] { say(security, Self.securityIgnored) }
        var names: [String: String] = [:]
        var count = 0
        for (path, item) in document["paths"]?.members ?? [] {
            lintPath(item)
            for (key, operation) in item.members where OpenAPIImporter.methods.contains(key) {
                count += 1
                lintOperation(operation, method: key)
                lintName(operation, method: key, path: path, names: &names)
            }
        }
        if count > 100, let paths = document["paths"] {
            say(paths, "\(count) operations; Dify creates providers with at most 100 tools")
        }
    }

    private static let securityIgnored =
        "ignored; Dify signs in with the one credential that is stored with the provider"

    // MARK: - Servers

    private mutating func lintServers(_ servers: LintCursor?) {
        guard let servers else { return }
        if servers.elements.isEmpty { say(servers, "Dify refuses a document without a server") }
        for (index, server) in servers.elements.enumerated() {
            if index > 0, server["env"] == nil {
                say(server, "ignored; Dify calls the first server only")
                continue
            }
            guard let url = server["url"], let text = url.value.text else { continue }
            if !text.contains("://"), !text.hasPrefix("{") {
                say(url, "the address is relative; Dify calls it as it stands, which fails")
            }
            if text.contains("{") {
                say(url, "variables of a server are not filled in; the braces stay in the address")
            }
            if text.contains("?") { say(url, "Dify drops a query string in the server's address") }
            if text.hasSuffix("/") {
                say(url, "server and path are joined as they are, so the address has two slashes")
            }
        }
    }

    // MARK: - Paths

    private mutating func lintPath(_ item: LintCursor) {
        if item.value == .null { say(item, "Dify refuses the document: a path without operations must be {}") }
        for (key, member) in item.members {
            switch key {
            case "parameters": say(member, "parameters of a path are ignored; repeat them in each operation")
            case "servers": say(member, "ignored; Dify calls the document's first server")
            case "$ref": say(member, "a reference here is not followed; the path has no tools")
            case _ where OpenAPIImporter.methods.contains(key.lowercased()) && key != key.lowercased():
                say(member, "methods are written in lower case; Dify sees no operation here")
            default: break
            }
        }
    }

    private mutating func lintName(
        _ operation: LintCursor, method: String, path: String, names: inout [String: String]
    ) {
        let declared = operation["operationId"]?.value
        let name = declared?.text ?? (try? OperationName.generated(path: .string(path), method: method)) ?? ""
        let place = operation["operationId"] ?? operation
        if let declared, declared.text == nil || declared.text == "" {
            say(place, "the tool is called default_tool")
        } else if name.wholeMatch(of: /[a-zA-Z0-9_-]{1,64}/) == nil {
            say(place, "the tool is called \"\(name)\", which models refuse (they want 1 to 64 of a-z A-Z 0-9 _ -)")
        }
        if let first = names[name] {
            say(place, "\"\(name)\" is also the name of the tool at \(first); calls reach that one only")
        } else {
            names[name] = operation.pointer
        }
    }

    // MARK: - Operations

    private mutating func lintOperation(_ operation: LintCursor, method: String) {
        guard operation.value.map != nil else {
            say(operation, "Dify refuses the document: an operation must be a mapping, {} at least")
            return
        }
        if method == "options" || method == "trace" {
            say(operation, "every call fails with \"Invalid http method \(method)\"")
        }
        if let servers = operation["servers"] { say(servers, "ignored; Dify calls the document's first server") }
        if let security = operation["security"] { say(security, Self.securityIgnored) }
        var names: [String] = []
        for entry in operation["parameters"]?.elements ?? [] {
            guard let parameter = resolved(entry) else { continue }
            lintParameter(parameter)
            if let name = parameter["name"]?.value.text { names.append(name) }
        }
        lintBody(operation["requestBody"], names: names)
    }

    /// The entry a reference points to, told about at its own place; nil, and told, for one that points to nothing.
    private mutating func resolved(_ cursor: LintCursor) -> LintCursor? {
        guard let reference = cursor["$ref"] else { return cursor }
        do {
            return LintCursor(value: try root.resolve(reference.value), pointer: cursor.pointer)
        } catch {
            say(reference, "points to nothing; Dify refuses the document with \(error.message)")
            return nil
        }
    }

    private mutating func lintParameter(_ parameter: LintCursor) {
        guard parameter.value.map != nil else { return }
        if parameter["name"] == nil { say(parameter, "\"name\" is missing; Dify refuses the document with 'name'") }
        if let description = parameter["description"], description.value == .null {
            say(description, "Dify refuses the document: a description must be text, or absent")
        }
        let place = parameter["in"]?.value.text
        if parameter["in"] == nil { say(parameter, "\"in\" is missing; every call fails with 'in'") }
        if let place, !["path", "query", "header", "cookie"].contains(place) {
            say(parameter, "parameters in \"\(place)\" are not sent")
        }
        guard let schema = parameter["schema"] else { return }
        lintType(schema)
        if let list = schema["enum"] { say(list, "Dify offers no choices; any value passes") }
        if let reference = schema["$ref"] { say(reference, "not followed; the parameter is a string") }
        let type = schema["type"]?.value.text
        if place == "cookie", let type, type != "string" {
            say(schema, "a cookie that is no string cannot be sent; every call with it fails")
        }
        if schema["format"]?.value == .string("binary") {
            say(schema, "not taken for a file; the parameter is a string")
        }
        if type == "object" { say(schema, "an object arrives as Python text such as {'k': 1}") }
    }

    private mutating func lintType(_ schema: LintCursor) {
        if let type = schema["type"], type.value.list != nil {
            say(type, "Dify refuses the document: a list of types gives unhashable type: 'list'")
        }
    }

    // MARK: - Bodies

    private mutating func lintBody(_ body: LintCursor?, names: [String]) {
        guard let body else { return }
        if body.value == .null {
            say(body, "Dify refuses the document: leave requestBody out instead of null")
            return
        }
        if let reference = body["$ref"] {
            say(reference, "not followed; the tool has no body parameters and calls send no body")
            return
        }
        var seen = names
        for (index, (type, media)) in (body["content"]?.members ?? []).enumerated() {
            lintMedia(media, type: type, isFirst: index == 0)
            guard let schema = media["schema"] else { continue }
            guard let target = resolved(schema) else { continue }
            lintBodySchema(target, isReference: schema["$ref"] != nil, seen: &seen)
        }
    }

    private mutating func lintMedia(_ media: LintCursor, type: String, isFirst: Bool) {
        guard isFirst else {
            say(media, "only the first content type is sent; this one still adds parameters")
            return
        }
        if media["schema"] == nil { say(media, "no schema; every call fails with 'schema'") }
        if type != "application/json", type != "application/x-www-form-urlencoded" {
            say(media, "the body is sent as a URL-encoded form under this content type, unless it holds files")
        }
    }

    private mutating func lintBodySchema(_ schema: LintCursor, isReference: Bool, seen: inout [String]) {
        for key in ["allOf", "oneOf", "anyOf"] {
            if let combined = schema[key] { say(combined, "not merged; what it describes gives no parameters") }
        }
        if isReference, let second = schema["$ref"] {
            say(second, "a reference to a reference is not followed; the tool has no body parameters")
        }
        if let type = schema["type"]?.value.text, type != "object" {
            say(schema, "a body that is no object gives no parameters; calls send {}")
        }
        for (name, property) in schema["properties"]?.members ?? [] {
            if seen.contains(name) {
                say(
                    property,
                    "\"\(name)\" is declared more than once; the value goes to each place, cast to the last type")
            }
            seen.append(name)
            lintProperty(property, isMerged: isReference)
        }
    }

    private mutating func lintProperty(_ property: LintCursor, isMerged: Bool) {
        lintType(property)
        if let description = property["description"], description.value == .null {
            say(description, "Dify refuses the document: a description must be text, or absent")
        }
        if let list = property["enum"] { say(list, "Dify offers no choices; any value passes") }
        if let reference = property["$ref"] {
            say(reference, "not followed; the parameter is a string, numbers and objects arrive as Python text")
            return
        }
        if property["format"]?.value == .string("binary") {
            say(property, "a file, which a plugin's reverse call cannot pass")
        }
        switch property["type"]?.value {
        case .string("object"):
            say(property, "an object arrives as Python text such as {'k': 1}; pass JSON text instead")
        case nil where property["anyOf"] == nil && !(isMerged && property["allOf"] != nil):
            say(property, "without a type the value is sent as null")
        default: break
        }
    }
}
