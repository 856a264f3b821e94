import DifyProtocol
import Testing

struct RequestTests {
    private static let prefix = "unmarshal backwards invoke request failed: "

    @Test(arguments: RequestTable.calls)
    func callsAreWrittenAsTheSDKWritesThemAndReadBack(_ call: RequestTable.Call) throws {
        let request = try #require(try JSONParser.parse(call.request).object)
        #expect(call.invocation.request == request)
        #expect(try CheckedInvocation(Invocation(type: call.invocation.type, request: request)) == call.value)
        #expect(try CheckedInvocation(call.invocation, refusesBooleanParameters: true) == call.value)
    }

    @Test func everyTypeIsInTheTables() {
        #expect(Set(RequestTable.calls.map(\.invocation.type)) == Set(InvocationType.allCases))
        #expect(Set(RefusalTable.required.map(\.0)) == Set(InvocationType.allCases))
        #expect(Set(RefusalTable.types.map(\.0)) == Set(InvocationType.allCases))
    }

    @Test("members that have to be there", arguments: RefusalTable.required)
    func missing(_ type: InvocationType, _ key: String, _ path: String) {
        var request = RequestTable.good(type)
        let isText = request[key]?.string != nil
        let text = Self.invalid(["\(path) required"])
        request[key] = nil
        #expect(Self.refusal(of: type, request) == text)
        request[key] = .null
        #expect(Self.refusal(of: type, request) == text)
        guard isText else { return }
        request[key] = ""
        #expect(Self.refusal(of: type, request) == text)
    }

    @Test("members of another type", arguments: RefusalTable.types)
    func wronglyTyped(_ type: InvocationType, _ members: [String: String]) {
        for (key, goType) in members {
            var request = RequestTable.good(type)
            request[key] = goType == "int" || goType == "float64" ? "5" : 5
            let line =
                switch goType {
                case "map": "'\(key)' expected a map, got 'float64'"
                case "slice": "'\(key)': source data must be an array or slice, got float64"
                case "int", "float64":
                    "'\(key)' expected type '\(goType)', got unconvertible type 'string', value: '5'"
                default: "'\(key)' expected type '\(goType)', got unconvertible type 'float64', value: '5'"
                }
            #expect(Self.refusal(of: type, request) == Self.undecodable([line]))
        }
    }

    @Test("what else the validator refuses", arguments: RefusalTable.invalid)
    func invalid(_ type: InvocationType, _ changes: JSONObject, _ findings: [String]) {
        #expect(Self.refusal(of: type, RequestTable.good(type).merging(changes)) == Self.invalid(findings))
    }

    @Test("what else the decoder refuses", arguments: RefusalTable.undecodable)
    func undecodable(_ type: InvocationType, _ changes: JSONObject, _ lines: [String]) {
        #expect(Self.refusal(of: type, RequestTable.good(type).merging(changes)) == Self.undecodable(lines))
    }

    @Test func severalFindingsStandInTheOrderOfTheFields() {
        #expect(
            Self.refusal(of: .tool, [:])
                == "unmarshal backwards invoke request failed: error validating struct: "
                + "Key: 'InvokeToolRequest.ToolType' "
                + "Error:Field validation for 'ToolType' failed on the 'required' tag\n"
                + "Key: 'InvokeToolRequest.InvokeToolSchema.Provider' "
                + "Error:Field validation for 'Provider' failed on the 'required' tag\n"
                + "Key: 'InvokeToolRequest.InvokeToolSchema.Tool' "
                + "Error:Field validation for 'Tool' failed on the 'required' tag")
    }

    @Test(
        "Go's %v",
        arguments: [
            ("1000000", "1e+06"), ("999999", "999999"), ("123456789", "1.23456789e+08"), ("0.0001", "0.0001"),
            ("0.00001", "1e-05"), ("1.0", "1"), ("-0", "-0"), ("-2.5", "-2.5"), ("0.25", "0.25"),
            ("2097152.5", "2.0971525e+06"), ("12345678901234567890", "1.2345678901234567e+19"), ("1e100", "1e+100"),
            ("5e-324", "5e-324"), ("true", "true"),
            (#"["a",null,{"b":1000000,"a":1.5}]"#, "[a <nil> map[a:1.5 b:1e+06]]"),
            (#"{"é":1,"z":[[]],"Z":"<&>"}"#, "map[Z:<&> z:[[]] é:1]"),
        ])
    func goText(_ json: String, _ text: String) throws {
        let value = try JSONParser.parse(json)
        let message = try #require(Self.refusal(of: .fetchApp, ["app_id": value]))
        #expect(message.hasSuffix(", value: '\(text)'"))
    }

    private static func refusal(of type: InvocationType, _ request: JSONObject) -> String? {
        do {
            _ = try CheckedInvocation(Invocation(type: type, request: request), refusesBooleanParameters: true)
            return nil
        } catch {
            return error.message
        }
    }

    private static func invalid(_ findings: [String]) -> String {
        let lines = findings.map { finding in
            let words = finding.split(separator: " ")
            let field = words[0].split(separator: ".").last ?? ""
            return "Key: '\(words[0])' Error:Field validation for '\(field)' failed on the '\(words[1])' tag"
        }
        return prefix + "error validating struct: " + lines.joined(separator: "\n")
    }

    private static func undecodable(_ lines: [String]) -> String {
        prefix + "error decoding map: \(lines.count) error(s) decoding:\n\n"
            + lines.map { "* \($0)" }.joined(separator: "\n")
    }
}

struct LenientRequestTests {
    private let model: JSONObject = ["provider": "p", "model": "m"]

    @Test func nullIsTheZeroValue() throws {
        let request = model.merging(["query": "q", "docs": ["a", nil], "score_threshold": nil, "top_n": nil])
        let call = try RerankInvocation(request: request)
        #expect(call.docs == ["a", ""] && call.scoreThreshold == 0 && call.topN == 0)
        let app = try AppInvocation(request: ["app_id": "a", "inputs": nil, "conversation_id": nil, "user": nil])
        #expect(app == AppInvocation(appID: "a", responseMode: ""))
        let llm = try LLMInvocation(request: model.merging(["mode": "chat"]))
        #expect(llm.promptMessages.isEmpty && llm.tools.isEmpty && llm.stop.isEmpty && !llm.stream)
    }

    @Test func emptyListsAndObjectsAreThere() throws {
        #expect(throws: Never.self) {
            _ = try TextEmbeddingInvocation(request: model.merging(["texts": [], "input_type": "anything"]))
            _ = try MultimodalEmbeddingInvocation(request: model.merging(["documents": [], "input_type": "query"]))
            _ = try QuestionClassifierInvocation(
                request: ["classes": [], "model": ["provider": "p", "name": "m", "mode": "chat"], "query": "q"])
        }
        let schema: JSONObject = ["mode": "chat", "structured_output_schema": [:]]
        let structured = try LLMInvocation(request: model.merging(schema), isStructured: true)
        #expect(structured.structuredOutputSchema?.isEmpty == true && structured.type == .llmStructuredOutput)
        let plain = try LLMInvocation(request: model.merging(schema))
        #expect(plain.structuredOutputSchema == nil && plain.type == .llm)
    }

    @Test(
        "numbers become whole ones as on x86",
        arguments: [("2.9", 2), ("-2.9", -2), ("3.0", 3), ("1e30", Int.min), ("9223372036854775807", Int.min)])
    func wholeNumbers(_ text: String, _ number: Int) throws {
        let topN = try JSONParser.parse(text)
        #expect(try RerankInvocation(request: model.merging(["query": "q", "docs": [], "top_n": topN])).topN == number)
    }

    @Test func keysMayDifferInCase() throws {
        let call = try ToolInvocation(request: ["Tool_Type": "api", "PROVIDER": "p", "tool": "t", "TOOL": "u"])
        #expect(call.kind == .api && call.provider == "p" && call.tool == "t" && call.parameters == nil)
    }

    @Test func toolChoiceIsCheckedAndDropped() throws {
        let request = model.merging(["mode": "chat", "tool_choice": ["mode": "tool", "name": "weather"]])
        let call = try LLMInvocation(request: request)
        #expect(call.invocation.request["tool_choice"] == nil)
    }

    @Test func booleanParametersPassUnlessRefused() throws {
        let parameters: JSONValue = [
            ["name": "a", "type": "boolean"], ["name": "b", "type": "array[boolean]"], ["name": "c", "type": "bool"],
        ]
        let request = RequestTable.good(.parameterExtractor).merging(["parameters": parameters])
        #expect(try ParameterExtractorInvocation(request: request).parameters.map(\.name) == ["a", "b", "c"])
        #expect(throws: InvalidRequest.self) {
            try ParameterExtractorInvocation(request: request, refusesBooleanParameters: true)
        }
    }

    @Test func promptMessagesAreNotJudged() throws {
        let messages: JSONValue = [
            ["role": "developer", "content": 5], ["role": "bogus", "content": nil], [:], nil,
            [
                "role": "user",
                "content": [
                    ["type": "text", "data": "Look "], ["type": "image", "format": "png"], ["data": "lost"],
                    ["type": "text", "data": "here"], ["type": "audio"], "x",
                ],
            ],
        ]
        let call = try LLMInvocation(request: model.merging(["mode": "chat", "prompt_messages": messages]))
        #expect(call.promptMessages.map(\.role) == ["developer", "bogus", "", "", "user"])
        #expect(call.promptMessages.map(\.text) == ["", "", "", "", "Look here"])
        #expect(call.promptMessages[4].attachmentTypes == ["image", "audio"])
        #expect(call.promptMessages[0].content == 5 && call.promptMessages[2].content.isNull)
    }

    @Test func findingsAreBounded() {
        let documents = JSONValue.array(Array(repeating: [:], count: 100_000))
        let request = model.merging(["documents": documents, "input_type": "query"])
        let error = #expect(throws: InvalidRequest.self) { try MultimodalEmbeddingInvocation(request: request) }
        #expect((error?.message.utf8.count ?? .max) < 300_000)
    }
}
