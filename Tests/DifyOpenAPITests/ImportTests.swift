import DifyOpenAPI
import DifyProtocol
import Testing

/// The importer agrees with what Dify's own importer returned for the same documents.
struct ImportTests {
    @Test("small documents, in full")
    func smallDocuments() throws {
        try Fixture.run("parser-cases.json") { _, value in
            let output = try #require(value["output"])
            let environment = value["headers"]?["X-Request-Env"]?.string
            let text = try #require(value["input"]?.string)
            return difference(from: output) { () throws(APISchemaError) in
                let result = try ImportedAPI(text, environment: environment).json
                return result == output ? nil : "\(result) instead of \(output)"
            }
        }
    }

    @Test("real documents")
    func realDocuments() throws {
        try Fixture.run("expected.json") { file, value in
            let text = try Fixture.text(file)
            let dify = try #require(value["dify"])
            return difference(from: dify) { () throws(APISchemaError) in
                let result = try ImportedAPI(text)
                let tools = JSONValue.array(result.tools.map(Self.summary))
                if tools != value["tools"] { return "\(tools) instead of \(value["tools"] ?? .null)" }
                let warning = JSONValue.object(result.warning)
                return warning == dify["warning"] ? nil : "warns of \(warning)"
            }
        }
    }

    /// Compares an import with what Dify said: its refusal, or what `compare` looks at when it accepted the document.
    private func difference(
        from dify: JSONValue, _ compare: () throws(APISchemaError) -> String?
    ) -> String? {
        let refusal = dify["error"]?.string
        do {
            let result = try compare()
            return refusal.map { "Dify refuses this: \($0)" } ?? result
        } catch {
            guard let refusal else { return "Dify accepts this, the importer said: \(error)" }
            let agrees =
                error.kind.rawValue == dify["error_type"]?.string
                && error.message.comparableLines == refusal.comparableLines
            return agrees ? nil : "\(error.kind.rawValue) \(error) instead of \(refusal)"
        }
    }

    /// A tool in the short form of the fixture.
    private static func summary(_ tool: ToolBundle) -> JSONValue {
        let parameters = tool.parameters.map { parameter -> JSONValue in
            [
                .string(parameter.name), .string(parameter.type.rawValue), .bool(parameter.required),
                parameter.defaultValue,
            ]
        }
        return [
            "operation_id": tool.operationID.map(JSONValue.string) ?? .null, "method": .string(tool.method),
            "url": .string(tool.serverURL), "params": .array(parameters),
        ]
    }
}

extension String {
    /// What has to agree: of a pydantic error all but the links, of a YAML error the construct and its place.
    fileprivate var comparableLines: [String] {
        let lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if contains("yaml error: while") {
            return lines.prefix(2).map { $0.trimmingSuffix(while: { $0 == ":" }) }
        }
        return lines.filter { !$0.contains("errors.pydantic.dev") }
    }

    private func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, predicate(last) { text.removeLast() }
        return String(text)
    }
}
