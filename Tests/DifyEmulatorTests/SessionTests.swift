import DifyEmulator
import DifyProtocol
import TestSupport
import Testing

/// The SDK-shaped face for Swift programs.
struct SessionTests {
    @Test func callsOfEachKind() async throws {
        let platform = try Platform(seeds: [.file(Project.file("seeds/demo.yaml"))])
        let tool = platform.session().tool
        var texts: [String] = []
        for try await message in tool.invokeBuiltinTool(
            provider: "google", toolName: "google_search", parameters: ["query": "tents"])
        {
            texts += [message.text].compactMap(\.self)
        }
        for try await message in tool.invokeWorkflowTool(
            provider: "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10", toolName: "summarize_report", parameters: ["report": "r"])
        {
            texts += [message.text].compactMap(\.self)
        }
        for try await message in tool.invokeAPITool(
            provider: "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11", toolName: "listPets", parameters: ["limit": 2])
        {
            texts += [message.text].compactMap(\.self)
        }
        #expect(
            texts == ["3 results for tents", #"{"summary": "Two lines.", "pages": 3}"#, #"[{"id":1,"name":"Rex"}]"#])
    }

    @Test func nothingIsCalledBeforeTheFirstMessageIsAskedFor() async throws {
        let platform = try Platform.probe("sequence: [[{text: a}], [{text: b}]]")
        let messages = platform.session().tool.invokeBuiltinTool(provider: "acme/probe/probe", toolName: "echo")
        #expect(await platform.echo().texts == ["a"])
        var iterator = messages.makeAsyncIterator()
        #expect(try await iterator.next()?.text == "b")
        #expect(try await iterator.next() == nil)
        #expect(try await iterator.next() == nil)
    }

    @Test func closureAnswersWithThePreparedCall() async throws {
        let platform = try Platform.probe("parameters: [{name: n, type: number}]\nreply: [{text: canned}]")
        try platform.defaultWorkspace.reply(to: .builtin, "acme/probe/probe", "echo") { call, reply in
            try await reply.text("n is \(call.parameters["n"] ?? .null) in \(call.workspace)")
            try await reply.json(["n": call.parameters["n"] ?? .null])
            throw ToolFailure("enough")
        }
        let outcome = await platform.echo(["n": "5"])
        #expect(outcome.texts.first == "n is 5 in default")
        #expect(outcome.messages.last?.jsonObject == ["n": 5])
        #expect(outcome.error == "read tool response failed: request failed: enough")
        #expect(outcome.source == "closure")
    }

    @Test func scriptComesBeforeAClosure() async throws {
        let platform = try Platform.probe(
            "reply: []", scripts: "[{match: {parameters: {q: a}}, respond: [{text: scripted}]}]")
        try platform.defaultWorkspace.reply(to: .builtin, "acme/probe/probe", "echo") { _, reply in
            try await reply.text("closure")
        }
        #expect(await platform.echo(["q": "a"]).texts == ["scripted"])
        #expect(await platform.echo(["q": "b"]).texts == ["closure"])
    }

    @Test func closureThatOutrunsItsReaderLosesNothing() async throws {
        let platform = try Platform.probe("reply: []")
        try platform.defaultWorkspace.reply(to: .builtin, "acme/probe/probe", "echo") { _, reply in
            for number in 0..<2000 { try await reply.text("\(number)") }
        }
        let outcome = await platform.echo()
        #expect(outcome.error == nil)
        #expect(outcome.texts == (0..<2000).map { "\($0)" })
    }

    @Test func errorOfAClosureReachesASlowReader() async throws {
        let platform = try Platform.probe("reply: []")
        try platform.defaultWorkspace.reply(to: .builtin, "acme/probe/probe", "echo") { _, reply in
            for number in 0..<300 { try await reply.text("\(number)") }
            throw ToolFailure("at the end")
        }
        var count = 0
        let messages = platform.session().tool.invokeBuiltinTool(provider: "acme/probe/probe", toolName: "echo")
        let error = await #expect(throws: InvocationError.self) {
            for try await _ in messages {
                count += 1
                if count == 1 { try await Task.sleep(for: .milliseconds(50)) }
            }
        }
        #expect(count == 300)
        #expect(error?.message == "read tool response failed: request failed: at the end")
    }

    @Test func closureForAToolThatDoesNotExistIsRefused() throws {
        let platform = try Platform.probe("reply: []")
        let error = #expect(throws: UnknownToolError.self) {
            try platform.defaultWorkspace.reply(to: .builtin, "acme/probe/probe", "Echo") { _, _ in }
        }
        #expect(error?.description.contains("this one is \"echo\"") == true)
    }

    @Test(
        "requests that Dify's daemon refuses, in its words",
        arguments: [
            (
                ["tool_type": "app", "provider": "p", "tool": "t"],
                "unmarshal backwards invoke request failed: error validating struct: Key: 'InvokeToolRequest.ToolType' "
                    + "Error:Field validation for 'ToolType' failed on the 'tool_type' tag"
            ),
            (
                ["tool_type": "api", "provider": "", "tool": "t"],
                "unmarshal backwards invoke request failed: error validating struct: "
                    + "Key: 'InvokeToolRequest.InvokeToolSchema.Provider' "
                    + "Error:Field validation for 'Provider' failed on the 'required' tag"
            ),
            (
                ["tool_type": "api", "provider": 5, "tool": "t", "tool_parameters": []],
                "unmarshal backwards invoke request failed: error decoding map: 2 error(s) decoding:\n\n"
                    + "* 'provider' expected type 'string', got unconvertible type 'float64', value: '5'\n"
                    + "* 'tool_parameters' expected a map, got 'slice'"
            ),
        ] as [(JSONObject, String)])
    func invalidRequests(_ request: JSONObject, _ message: String) throws {
        let platform = try Platform()
        let answer = platform.answer(Invocation(type: .tool, request: request), in: platform.defaultWorkspace)
        #expect(answer.events.immediate == [.error(message), .end])
    }
}
