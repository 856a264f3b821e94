import DifyProtocol
import Testing

@testable import DifyEmulator

/// `session.model`, `session.app` and their sisters, each called once.
struct SessionFacesTests {
    private static let seed = """
        seed: 7
        caller: {plugin: acme/desk, user: user-1}
        models:
          - provider: acme/quokka/quokka
            model: quokka-mini
            type: llm
            default: true
            pricing: {input: "0.15", output: "0.6", unit: "0.000001"}
          - {provider: acme/quokka/quokka, model: quokka-embed, type: text-embedding, dimension: 8}
          - {provider: acme/quokka/quokka, model: quokka-rank, type: rerank}
          - {provider: acme/quokka/quokka, model: quokka-voice, type: tts}
          - {provider: acme/quokka/quokka, model: quokka-ear, type: speech2text}
          - {provider: acme/quokka/quokka, model: quokka-guard, type: moderation}
        apps:
          - id: a1000000-0000-4000-8000-000000000001
            name: Help
            mode: chat
            reply: [{text: "The desk "}, {text: opens.}]
          - id: a1000000-0000-4000-8000-000000000002
            name: Report
            mode: workflow
            inputs: [{name: topic, type: text-input, label: Topic}]
            reply: [{outputs: {report: "About {{inputs.topic}}"}}]
          - {id: a1000000-0000-4000-8000-000000000003, name: Letter, mode: completion, reply: [{text: Dear}]}
        moderation: {flagged: [secret]}
        transcripts:
          2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824: good morning   # of the bytes of "hello"
        storage:
          acme/desk: {cursor: "42"}
        scripts:
          - match: {type: llm, last_user_message: {contains: weather}}
            respond: [{text: "It "}, {text: rains.}, {tool_calls: [{name: look, arguments: {at: sky}}]}]
          - match: {type: llm_structured_output}
            respond: [{structured_output: {town: Perth}}]
          - match: {type: tts}
            respond: [{audio: {hex: fffb}}, {audio: {hex: "00ff"}}]
          - match: {type: system_summary}
            respond: [{text: Short.}]
          - match: {type: text_embedding, texts: {contains: broken}}
            respond: [{raw: {model: 5}}]
        """

    private func session() throws -> Session {
        try Platform(seeds: [.text(Self.seed, name: "faces.yaml")]).session()
    }

    private static func model(_ name: String) -> ModelReference {
        ModelReference(provider: "acme/quokka/quokka", model: name)
    }

    // MARK: - Models

    @Test func llmStreams() async throws {
        var chunks: [LLMChunk] = []
        let weather = try session().model.llm.invoke(
            model: Self.model("quokka-mini"), prompt: [.user("How is the weather?")], stop: ["###"],
            parameters: ["temperature": 0.2])
        for try await chunk in weather { chunks.append(chunk) }
        #expect(chunks.map(\.text).joined() == "It rains.")
        #expect(chunks.map(\.index) == Array(chunks.indices))
        #expect(
            chunks.flatMap(\.toolCalls).map { [$0.name, $0.arguments] } == [["look", #"{"at":"sky"}"#]])
        #expect(chunks.compactMap(\.usage).count == 1)
        #expect(chunks.last?.usage?.promptUnitPrice == "0.15")
        #expect(chunks.compactMap(\.finishReason) == ["tool_calls"])
        #expect(chunks.allSatisfy { $0.model == "quokka-mini" && $0.structuredOutput == nil })
    }

    @Test func llmBlocks() async throws {
        let llm = try session().model.llm
        let prompt: [PromptMessage] = [.system("Be brief."), .user("How is the weather?")]
        let result = try await llm.invokeBlocking(model: Self.model("quokka-mini"), prompt: prompt)
        #expect(result.text == "It rains.")
        #expect(result.toolCalls.map(\.name) == ["look"])
        #expect(result.usage.totalTokens > 0)
        #expect(result.usage.totalTokens == result.usage.promptTokens + result.usage.completionTokens)
        #expect(result.usage.promptUnitPrice == "0.0")
        #expect(result.message.role == "assistant")
        #expect(result.message.toolCalls == result.toolCalls)
    }

    @Test func structuredOutputComesLast() async throws {
        let llm = try session().model.llmStructuredOutput
        let schema: JSONObject = ["type": "object", "properties": ["town": ["type": "string"]]]
        var objects: [JSONObject?] = []
        for try await chunk in llm.invoke(model: Self.model("quokka-mini"), prompt: [.user("Where?")], schema: schema) {
            objects.append(chunk.structuredOutput)
        }
        #expect(objects.compactMap(\.self) == [["town": "Perth"]])
        let last = try #require(objects.last)
        #expect(last != nil)
        let result = try await llm.invokeBlocking(
            model: Self.model("quokka-mini"), prompt: [.user("Where?")], schema: schema)
        #expect(result.structuredOutput == ["town": "Perth"])
    }

    @Test func embeddings() async throws {
        let embedding = try session().model.textEmbedding
        let texts = try await embedding.invoke(
            model: Self.model("quokka-embed"), texts: ["quokka", "numbat", "quokka"])
        #expect(texts.embeddings.map(\.count) == [8, 8, 8])
        #expect(texts.embeddings[0] == texts.embeddings[2])
        #expect(texts.embeddings[0] != texts.embeddings[1])
        #expect(texts.usage.tokens > 0)
        let documents = [
            MultimodalContent(content: "quokka", contentType: "text"),
            MultimodalContent(content: "iVBORw0=", contentType: "image"),
        ]
        let both = try await embedding.invokeMultimodal(
            model: Self.model("quokka-embed"), documents: documents, inputType: .document)
        #expect(both.embeddings.map(\.count) == [8, 8])
    }

    @Test func ranking() async throws {
        let rerank = try session().model.rerank
        let model = Self.model("quokka-rank")
        let result = try await rerank.invoke(model: model, query: "quokka facts", docs: ["bus times", "quokka facts"])
        #expect(result.docs.map(\.index) == [1, 0])
        #expect(result.docs.first?.text == "quokka facts")
        let best = try await rerank.invoke(
            model: model, query: "quokka", docs: ["bus times", "a quokka", "quokka"], scoreThreshold: 0.1, topN: 1)
        #expect(best.docs.map(\.text) == ["quokka"])
        let contents = ["bus times", "quokka"].map { MultimodalContent(content: $0, contentType: "text") }
        let both = try await rerank.invokeMultimodal(model: model, query: contents[1], docs: contents)
        #expect(both.docs.map(\.index) == [1, 0])
    }

    @Test func audio() async throws {
        let model = try session().model
        var pieces: [[UInt8]] = []
        for try await piece in model.tts.invoke(model: Self.model("quokka-voice"), voice: "calm", text: "Hi") {
            pieces.append(piece)
        }
        #expect(pieces == [[0xFF, 0xFB], [0, 0xFF]])
        let text = try await model.speechToText.invoke(model: Self.model("quokka-ear"), audio: Array("hello".utf8))
        #expect(text == "good morning")
    }

    @Test func textChecks() async throws {
        let model = try session().model
        let guardian = Self.model("quokka-guard")
        #expect(try await model.moderation.invoke(model: guardian, text: "a Secret plan"))
        #expect(try await !model.moderation.invoke(model: guardian, text: "a plan"))
        #expect(try await model.summary.invoke(text: "tiny", instruction: "") == "tiny")
        let long = String(repeating: "A line about quokkas. ", count: 60)
        #expect(try await model.summary.invoke(text: long, instruction: "keep it short") == "Short.")
        #expect(try await model.summary.invoke(text: "tiny", instruction: "", minimumLength: 4) == "Short.")
    }

    // MARK: - Apps

    @Test func chats() async throws {
        let chat = try session().app.chat
        let id = "a1000000-0000-4000-8000-000000000001"
        var events: [AppEvent] = []
        for try await event in chat.invoke(appID: id, query: "When?") { events.append(event) }
        #expect(events.filter { $0.name == "message" }.compactMap(\.answer).joined() == "The desk opens.")
        #expect(events.last?.name == "message_end")
        let conversation = try #require(events.first?.conversationID)
        #expect(events.allSatisfy { $0.conversationID == conversation && $0.messageID == events[0].messageID })
        let next = try await chat.invokeBlocking(appID: id, query: "Why?", conversationID: conversation)
        #expect(next.answer == "The desk opens.")
        #expect(next.conversationID == conversation)
        #expect(next.messageID != events[0].messageID)
    }

    @Test func workflowsAndCompletions() async throws {
        let app = try session().app
        let report = "a1000000-0000-4000-8000-000000000002"
        let result = try await app.workflow.invokeBlocking(appID: report, inputs: ["topic": "tents"])
        #expect(result.name == nil)
        #expect(result.status == "succeeded")
        #expect(result.outputs == ["report": "About tents"])
        var last: AppEvent?
        for try await event in app.workflow.invoke(appID: report, inputs: ["topic": "tents"]) { last = event }
        #expect(last?.name == "workflow_finished")
        #expect(last?.outputs == ["report": "About tents"])
        let letter = try await app.completion.invokeBlocking(appID: "a1000000-0000-4000-8000-000000000003")
        #expect(letter.answer == "Dear")
    }

    @Test func appsAreFetched() async throws {
        let app = try session().app
        let parameters = try await app.fetchApp("a1000000-0000-4000-8000-000000000002")
        #expect(parameters["user_input_form"]?.array?.count == 1)
        let unknown = await #expect(throws: InvocationError.self) {
            try await app.fetchApp("a1000000-0000-4000-8000-00000000dead")
        }
        #expect(unknown?.message == "fetch app failed: data is nil")
    }

    // MARK: - Nodes

    @Test func nodes() async throws {
        let node = try session().workflowNode
        let model = NodeModel(provider: "acme/quokka/quokka", name: "quokka-mini")
        let parameters = [
            ExtractedParameter(name: "town", type: "string", required: true),
            ExtractedParameter(name: "days", type: "number"),
        ]
        let found = try await node.parameterExtractor.invoke(
            parameters: parameters, model: model, query: "town: Perth, 3 days")
        #expect(found.outputs["town"] == "Perth")
        #expect(found.outputs["days"] == 3)
        #expect(found.outputs["__is_success"] == 1)
        #expect(found.inputs["query"] == "town: Perth, 3 days")
        let classes = [QuestionClass(id: "1", name: "Booking"), QuestionClass(id: "2", name: "Complaint")]
        let chosen = try await node.questionClassifier.invoke(classes: classes, model: model, query: "a complaint")
        #expect(chosen.outputs["class_id"] == "2")
        #expect(chosen.outputs["class_label"] == "CLASS 2")
        #expect(chosen.processData["finish_reason"] == "stop")
    }

    // MARK: - Storage and files

    @Test func storage() async throws {
        let session = try session()
        let storage = session.storage
        #expect(try await storage.get("cursor") == Array("42".utf8))
        #expect(try await !storage.exist("notes/today"))
        try await storage.set("notes/today", [0, 0xFF])
        #expect(try await storage.exist("notes/today"))
        #expect(try await storage.get("notes/today") == [0, 0xFF])
        try await storage.set("notes/today", [])
        #expect(try await storage.get("notes/today").isEmpty)
        try await storage.delete("notes/today")
        let missing = await #expect(throws: InvocationError.self) { try await storage.get("notes/today") }
        #expect(missing?.message == "load data failed, please check if the key is correct or you have not set it")
        let other = session.platform.session(as: Caller(plugin: "acme/other")).storage
        #expect(try await !other.exist("cursor"))
    }

    @Test func filesAreUploaded() async throws {
        let content: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
        let file = try await session().file.upload(filename: "chart", content: content, mimeType: "image/png")
        #expect(file.name == "chart.png")
        #expect(file.size == 4)
        #expect(file.fileExtension == ".png")
        #expect(file.type == .image)
        #expect(file.previewURL?.contains(file.id) == true)
        #expect(
            file.appParameter == ["tool_file_id": .string(file.id), "transfer_method": "tool_file", "type": "image"])
        let unnamed = await #expect(throws: InvocationError.self) {
            try await session().file.upload(filename: "", content: content, mimeType: "image/png")
        }
        #expect(unnamed?.message.contains("'UploadFileRequest.Filename'") == true)
    }

    // MARK: - Failures

    @Test func anUnknownModelIsAnError() async throws {
        let model = try session().model
        let error = await #expect(throws: InvocationError.self) {
            try await model.textEmbedding.invoke(model: Self.model("nope"), texts: ["a"])
        }
        #expect(
            error?.message == "invoke text-embedding model failed: request failed: "
                + "Model nope credentials is not initialized.")
    }

    @Test func whatTheSDKCannotReadIsAnError() async throws {
        let model = try session().model
        let error = await #expect(throws: InvocationError.self) {
            try await model.textEmbedding.invoke(model: Self.model("quokka-embed"), texts: ["broken"])
        }
        #expect(error?.message == #"Failed to parse response: {"model":5}"#)
    }

    @Test func anAnswerWithoutResponsesIsAnError() async throws {
        let call = StorageInvocation(operation: .get, key: "cursor")
        let silent = Responses<Int>(session: try session(), invocation: call.invocation) { _ in nil }
        let error = await #expect(throws: InvocationError.self) { try await silent.first(orThrow: "no data found") }
        #expect(error?.message == "no data found")
    }

    // MARK: - Assembly

    /// Recorded calls with `stream=False` of which the SDK made one result.
    private static func assemblies() throws -> [Recorded] {
        let rows = try ["llm", "llm_structured_output"].flatMap(RecordedApps.rows)
        let wanted = rows.filter { row in
            row["request"]?["stream"] == false && row["events"]?.array?.first?["event"] == "response"
        }
        return wanted.map { row in Recorded(value: .object((row.object ?? [:]).merging(["id": row["name"] ?? ""]))) }
    }

    @Test("assembly is the SDK's", arguments: try assemblies())
    func assembly(_ example: Recorded) async throws {
        let events = example.value["events"]?.array ?? []
        let respond = events.compactMap { $0["data"] }.filter { !$0.isNull }.map { JSONValue.object(["raw": $0]) }
        let seed: JSONValue = [
            "models": [["provider": "acme/quokka/quokka", "model": "quokka-mini", "type": "llm"]],
            "scripts": [["match": ["type": example.value["type"] ?? "llm"], "respond": .array(respond)]],
        ]
        let model = try Platform(seeds: [.text(seed.description, name: "case")]).session().model
        let result: LLMResult
        if example.value["type"] == "llm_structured_output" {
            result = try await model.llmStructuredOutput.invokeBlocking(
                model: Self.model("quokka-mini"), prompt: [.user("q")], schema: ["type": "object"])
        } else {
            result = try await model.llm.invokeBlocking(model: Self.model("quokka-mini"), prompt: [.user("q")])
        }
        let expected = try #require(example.value["sdk"]?["returns"])
        let message = expected["message"]
        #expect(result.text == message?["content"]?.string)
        let calls = (message?["tool_calls"]?.array ?? []).compactMap(ToolCallRequest.init(wire:))
        #expect(result.toolCalls == calls)
        #expect(result.usage == expected["usage"].flatMap(LLMUsage.init(wire:)))
        #expect(result.structuredOutput == expected["structured_output"]?.object)
    }
}
