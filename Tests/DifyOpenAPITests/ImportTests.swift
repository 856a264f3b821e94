import DifyOpenAPI
import DifyProtocol
import Testing

/// The importer agrees with what Dify's own importer returned for the same documents.
struct ImportTests {
    @Test("small documents, in full", arguments: try SmallCase.all())
    func smallDocument(_ example: SmallCase) throws {
        do {
            let result = try ImportedAPI(example.input, environment: example.environment).json
            let expected = try #require(example.output, "Dify refuses this: \(example.error ?? "")")
            #expect(result == expected)
        } catch let error as APISchemaError {
            let expected = try #require(example.error, "Dify accepts this, the importer said: \(error)")
            #expect(error.kind.rawValue == example.errorType)
            #expect(error.message.firstLines == expected.firstLines)
        }
    }

    @Test("real documents", arguments: try RealCase.all())
    func realDocument(_ example: RealCase) throws {
        let text = try Fixture.text(example.file)
        guard let expected = example.tools else {
            let error = #expect(throws: APISchemaError.self) { try ImportedAPI(text) }
            #expect(error?.message == example.error)
            return
        }
        let result = try ImportedAPI(text)
        #expect(result.warning == example.warning)
        #expect(result.tools.map(RealCase.summary) == expected)
    }
}

/// One entry of `parser-cases.json`.
struct SmallCase: Sendable, CustomTestStringConvertible {
    let name: String
    let input: String
    let environment: String?
    let output: JSONValue?
    let error: String?
    let errorType: String?

    var testDescription: String { name }

    static func all() throws -> [SmallCase] {
        let file = try #require(Fixture.json("parser-cases.json").object)
        return try file.map { name, value in
            let output = try #require(value["output"])
            let error = output["error"]?.string
            return SmallCase(
                name: name, input: try #require(value["input"]?.string),
                environment: value["headers"]?["X-Request-Env"]?.string, output: error == nil ? output : nil,
                error: error, errorType: output["error_type"]?.string)
        }
    }
}

/// One entry of `expected.json`.
struct RealCase: Sendable, CustomTestStringConvertible {
    let file: String
    let tools: [JSONValue]?
    let warning: JSONObject?
    let error: String?

    var testDescription: String { file }

    static func all() throws -> [RealCase] {
        let file = try #require(Fixture.json("expected.json").object)
        return file.map { name, value in
            RealCase(
                file: name, tools: value["tools"]?.array, warning: value["dify"]?["warning"]?.object,
                error: value["dify"]?["error"]?.string)
        }
    }

    /// A tool in the short form of the fixture.
    static func summary(_ tool: ToolBundle) -> JSONValue {
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
    fileprivate var firstLines: [String] {
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
