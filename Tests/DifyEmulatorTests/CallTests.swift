import DifyEmulator
import DifyProtocol
import Testing

/// What holds for calls of every type.
struct CallTests {
    @Test("every type is answered, and the answer ends", arguments: Requests.all)
    func isAnswered(_ type: InvocationType, _ request: JSONObject) async throws {
        let outcome = try await Requests.platform().call(type, request)
        #expect(outcome.error == nil)
        #expect(!outcome.data.isEmpty)
        #expect(outcome.isEnded)
        if !type.isStreaming { #expect(outcome.data.count == 1) }
    }

    @Test("two platforms of one seed give the same bytes, call for call", arguments: Requests.all)
    func isDeterministic(_ type: InvocationType, _ request: JSONObject) async throws {
        let (first, second) = (try Requests.platform(), try Requests.platform())
        for _ in 0..<2 {
            let answers = (try await first.call(type, request), try await second.call(type, request))
            #expect(answers.0 == answers.1)
        }
    }

    @Test func sameCallTwiceHasItsOwnIDs() async throws {
        let platform = try Requests.platform()
        let request = try #require(Requests.all.first { $0.0 == .app }).1
        let first = try await platform.call(.app, request).data.first
        let second = try await platform.call(.app, request).data.first
        for key in ["message_id", "task_id", "conversation_id", "workflow_run_id"] {
            #expect(first?[key] != nil)
            #expect(first?[key] != second?[key])
        }
    }

    @Test("strict about everything: what is made up is refused", arguments: Requests.all)
    func strictForAll(_ type: InvocationType, _ request: JSONObject) async throws {
        let outcome = try await Requests.platform { $0.isStrictForAll = true }.call(type, request)
        switch type {
        case .storage, .uploadFile, .fetchApp: #expect(outcome.error == nil)
        // The seed holds words to flag.
        case .moderation: #expect(outcome.error == nil)
        default: #expect(outcome.error?.contains("dify-emulator: no reply for ") == true)
        }
    }

    @Test("a plugin without permission gets the daemon's text", arguments: Requests.all)
    func permission(_ type: InvocationType, _ request: JSONObject) async throws {
        let platform = try Platform(
            seeds: [
                .text(Requests.seed, name: "everything.yaml"),
                .text("workspace: everything\nplugins: [{id: acme/locked, permission: {}}]", name: "locked.yaml"),
            ])
        let outcome = try await platform.call(type, request, from: Caller(plugin: "acme/locked"))
        if type == .uploadFile {
            #expect(outcome.error == nil)
        } else {
            #expect(
                outcome.error?.wholeMatch(
                    of: /permission denied, you need to enable [a-z0-9-]+ access in plugin manifest/) != nil)
        }
        #expect(outcome.isEnded)
    }

    @Test("a script answers every type with raw data, an error, or nothing", arguments: Requests.all)
    func scripted(_ type: InvocationType, _ request: JSONObject) async throws {
        let script =
            "workspace: everything\nscripts: [{match: {type: \(type.rawValue)}, sequence: "
            + "[[{raw: {a: 1}}], [{error: {raw: broken}}], []]}]"
        let platform = try Platform(
            seeds: [.text(Requests.seed, name: "everything.yaml"), .text(script, name: "script.yaml")])
        #expect(try await platform.call(type, request) == CallOutcome(data: [["a": 1]], error: nil, isEnded: true))
        #expect(try await platform.call(type, request) == CallOutcome(data: [], error: "broken", isEnded: true))
        #expect(try await platform.call(type, request) == CallOutcome(data: [], error: nil, isEnded: true))
    }

    @Test(
        "scripts choose by what a call is about",
        arguments: [
            (.llm, "provider: acme/quokka/quokka, model: mini, last_user_message: {contains: smiles}", true),
            (.llm, "any_message: Which animal smiles?", true), (.llm, "any_message: {contains: numbat}", false),
            (.llm, "last_tool_result: {absent: true}, tools: [], stream: true", true), (.llm, "stream: false", false),
            (.textEmbedding, "texts: [a small marsupial], input_type: query", true),
            (.rerank, "docs: {contains: quokkas}, query: quokkas", true), (.rerank, "query: numbats", false),
            (.tts, "voice: calm, text: {matches: \"^Good\"}", true),
            (.speechToText, "sha256: {matches: \"^ba78\"}", true), (.moderation, "text: {contains: Secret}", true),
            (.app, "app: Desk, query: Hi, turn: 1, response_mode: streaming", true), (.app, "app: Triage", false),
            (.app, "inputs: {topic: {absent: true}}", true), (.app, "inputs: {topic: x}", false),
            (.fetchApp, "app: Desk", true),
            (.parameterExtractor, "model: mini, parameters: {contains: town}", true),
            (.questionClassifier, "classes: {contains: refund}, query: {contains: delivery}", true),
            (.storage, "plugin: acme/desk, opt: get, key: cursor", true), (.storage, "opt: set", false),
            (.uploadFile, "filename: {matches: \"[.]txt$\"}, mimetype: text/plain", true),
            (.systemSummary, "text: {contains: Another}", true),
        ] as [(InvocationType, String, Bool)])
    func matching(_ type: InvocationType, _ match: String, _ isMeant: Bool) async throws {
        let script =
            "workspace: everything\nscripts: [{match: {type: \(type.rawValue), \(match)}, respond: [{raw: {a: 1}}]}]"
        let platform = try Platform(
            seeds: [.text(Requests.seed, name: "everything.yaml"), .text(script, name: "script.yaml")])
        let request = try #require(Requests.all.first { $0.0 == type }).1
        let outcome = try await platform.call(type, request)
        #expect((outcome.data == [["a": 1]]) == isMeant)
    }

    @Test(
        "templates reach what a call is about",
        arguments: [
            (.llm, "text: \"{{model}}: {{last_user_message}}\"", "mini: Which animal smiles?"),
            (.app, "text: \"{{query}} for the {{turn}}. time\"", "Hi for the 1. time"),
            (.systemSummary, "text: \"Short: {{text}}\"", "Short: One sentence. Another one."),
        ] as [(InvocationType, String, String)])
    func templates(_ type: InvocationType, _ item: String, _ text: String) async throws {
        let script = "workspace: everything\nscripts: [{match: {type: \(type.rawValue)}, respond: [{\(item)}]}]"
        let platform = try Platform(
            seeds: [.text(Requests.seed, name: "everything.yaml"), .text(script, name: "script.yaml")])
        let request = try #require(Requests.all.first { $0.0 == type }).1
        let outcome = try await platform.call(type, request)
        #expect(outcome.data.contains { $0.description.contains(text) })
    }

    @Test func stopWordIsNotDeliveredInPieces() async throws {
        let script =
            "workspace: everything\nscripts: [{match: {type: llm}, respond: [{text: 'a #'}, {text: '# b ##'}, {text: '# c'}]}]"
        let platform = try Platform(
            seeds: [.text(Requests.seed, name: "everything.yaml"), .text(script, name: "script.yaml")])
        let request = try #require(Requests.all.first { $0.0 == .llm }).1
        let data = try await platform.call(.llm, request.merging(["stop": ["###"]])).data
        let texts = data.map { $0["delta"]?["message"]?["content"]?.string }
        #expect(texts == ["a ", "## b ", ""])
    }

    @Test func pluginNamedByTheAddressKeepsTheWorkspacesUser() async throws {
        let platform = try Requests.platform()
        let request = try #require(Requests.all.first { $0.0 == .app }).1
        let begun = try await platform.call(.app, request).data.first?["conversation_id"] ?? .null
        let other = Caller(plugin: "acme/other")
        let continued = try await platform.call(.app, request.merging(["conversation_id": begun]), from: other)
        #expect(continued.data.first?["conversation_id"] == begun)
    }

    @Test func refusedCallOfAnAppLeavesNoConversation() async throws {
        let script =
            "workspace: everything\nscripts: [{match: {type: app}, respond: [{refuse: {status: 400, message: no}}]}]"
        let platform = try Platform(
            seeds: [.text(Requests.seed, name: "everything.yaml"), .text(script, name: "script.yaml")])
        let request = try #require(Requests.all.first { $0.0 == .app }).1
        #expect(try await platform.call(.app, request).error?.contains("\"message\":\"no\"") == true)
        let export = try platform.export(platform.defaultWorkspace).json
        #expect(export["conversations"]?.array?.count == 1)
    }

    @Test func scriptThatCameNearIsNamed() throws {
        let script =
            "workspace: everything\nscripts: [{name: rain, match: {type: llm, last_user_message: {contains: rain}}, respond: []}]"
        let platform = try Platform(
            seeds: [.text(Requests.seed, name: "everything.yaml"), .text(script, name: "script.yaml")])
        let request = try #require(Requests.all.first { $0.0 == .llm }).1
        let answer = platform.answer(Invocation(type: .llm, request: request), in: platform.defaultWorkspace)
        #expect(
            answer.diagnosis.notes == [
                "no script matches; nearest script \"rain\": last_user_message must contain \"rain\", "
                    + "is \"Which animal smiles?\""
            ])
    }

    @Test func blockingModelIsRefusedBeforeTheAnswer() async throws {
        let request = try #require(Requests.all.first { $0.0 == .llm }).1.merging(["stream": false])
        let error = try await Requests.platform { $0.isStrictForAll = true }.call(.llm, request).error
        #expect(
            error?.hasPrefix("invoke llm model failed: request failed with status code: 400 and respond with: ") == true
        )
    }

    @Test func embeddingsThatWouldFillTheMemoryAreRefused() async throws {
        let texts = JSONValue.array(Array(repeating: "a", count: 250_001))
        let request = try #require(Requests.all.first { $0.0 == .textEmbedding }).1.merging(["texts": texts])
        #expect(try await Requests.platform().call(.textEmbedding, request).error?.contains("in several calls") == true)
    }
}
