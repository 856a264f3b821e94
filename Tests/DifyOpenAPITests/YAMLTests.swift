import DifyOpenAPI
import DifyProtocol
import Testing

/// API documents are read by PyYAML's rules (YAML 1.1). The values were taken from PyYAML 6.0.3.
struct YAMLTests {
    @Test(
        "plain scalars as defaults of a parameter",
        arguments: [
            ("yes", true), ("No", false), ("ON", true), ("oN", "oN"), ("y", "y"), ("~", nil), ("Null", nil), ("010", 8),
            ("0o10", "0o10"), ("0x1F", 31), ("0b101", 5), ("1_000", 1000), ("12:30", 750), ("1:30.5", 90.5),
            ("1e3", "1e3"), ("1.0e+3", 1000.0), ("1.e+3", 1000.0), (".5", 0.5), ("-.5", "-.5"), ("+5", 5), ("-0", 0),
            ("1.50", 1.5), ("012345678901234567890", "012345678901234567890"), ("'5'", "5"), ("!!str 5", "5"),
            ("!!int '5'", 5), ("08", "08"),
        ] as [(String, JSONValue)])
    func scalar(_ text: String, _ value: JSONValue) throws {
        let document = """
            info: {title: t}
            servers: [{url: https://h}]
            paths:
              /a:
                get:
                  parameters: [{name: p, in: query, schema: {default: \(text)}}]
            """
        #expect(try ImportedAPI(document).tools.first?.parameters.first?.defaultValue == value)
    }

    @Test func repeatedKeysTheLastOneCounts() throws {
        let document = """
            info: {}
            servers: [{url: https://h}]
            paths:
              /a: {get: {operationId: first, operationId: second}}
            """
        #expect(try ImportedAPI(document).tools.map(\.toolName) == ["second"])
    }

    @Test func anchorsAndMergeKeys() throws {
        let document = """
            info: {}
            servers: [{url: https://h}]
            x-common: &common {summary: shared, operationId: mine}
            paths:
              /a: {get: {<<: *common, operationId: own}}
              /b: {get: *common}
            """
        let tools = try ImportedAPI(document).tools
        #expect(tools.map(\.toolName) == ["own", "mine"])
        #expect(tools.map(\.summary) == ["shared", "shared"])
        #expect(tools[0].operation.keys == ["summary", "operationId"])
    }

    @Test func datesAreStoredAsText() throws {
        let document = """
            info: {}
            servers: [{url: https://h}]
            paths: {/a: {get: {operationId: a, x-day: 2020-01-02, x-time: 2020-01-02 03:04:05.5Z, 200: x}}}
            """
        let operation = try #require(ImportedAPI(document).tools.first?.operation)
        #expect(operation["x-day"] == "2020-01-02")
        #expect(operation["x-time"] == "2020-01-02T03:04:05.500000+00:00")
        #expect(operation["200"] == "x")
    }

    @Test(
        "what PyYAML refuses",
        arguments: [
            ("a: [", "while parsing a flow node"), ("a: b: c", "mapping values are not allowed"),
            ("a: *nobody", "found undefined alias"),
            ("a: !custom x", "could not determine a constructor for the tag '!custom'"),
            ("a: =", "tag:yaml.org,2002:value"), ("a: <<", "tag:yaml.org,2002:merge"),
            ("? [a]\n: b", "found unhashable key"),
            ("a: b\n---\nc: d", "but found another document"),
            ("a:\n\tb: c", "found character that cannot start any token"),
        ])
    func refused(_ text: String, _ problem: String) {
        let error = #expect(throws: APISchemaError.self) { try ImportedAPI(text) }
        #expect(error?.kind == .schema)
        #expect(error?.message.contains(problem) == true, "\(error?.message ?? "")")
    }

    @Test func aliasesThatUnfoldWithoutEndAreBounded() {
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        for level in 1..<12 {
            let alias = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(alias)]")
        }
        let error = #expect(throws: APISchemaError.self) { try ImportedAPI(lines.joined(separator: "\n")) }
        #expect(error?.message.contains("aliases unfolded") == true)
    }

    @Test func nestingIsBounded() {
        let deep = "a: " + String(repeating: "[", count: 100_000)
        #expect(throws: APISchemaError.self) { try ImportedAPI(deep) }
    }

    @Test func aCircleOfAllOfIsRefusedInsteadOfRunningForever() {
        let document = """
            info: {}
            servers: [{url: https://h}]
            paths: {/a: {post: {requestBody: {content: {a/b: {schema: {$ref: '#/c/R'}}}}}}}
            c:
              R: {properties: {p: {allOf: [{$ref: '#/c/A'}]}}}
              A: {type: string, allOf: [{$ref: '#/c/A'}]}
            """
        let error = #expect(throws: APISchemaError.self) { try ImportedAPI(document) }
        #expect(error?.message.contains("a circle of allOf references") == true)
    }
}
