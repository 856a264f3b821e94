import DifyProtocol

/// Requests of every type, the same as values and as the SDK writes them.
enum RequestTable {
    /// A call, and the text of its request.
    struct Call: Sendable {
        let value: CheckedInvocation
        let invocation: Invocation
        let request: String

        init(_ value: CheckedInvocation, _ invocation: Invocation, _ request: String) {
            self.value = value
            self.invocation = invocation
            self.request = request
        }
    }

    private static let model = ModelReference(provider: "a/q/q", model: "mini")
    private static let nodeModel = NodeModel(provider: "a/q/q", name: "mini")

    private static let tool = ToolInvocation(
        kind: .api, provider: "p", tool: "t", parameters: ["town": "Perth"], credentialID: "c")

    private static let llm = LLMInvocation(
        model: model, completionParams: ["temperature": 0.2],
        promptMessages: [
            .system("Answer in one line."), .user("Weather?"),
            .assistant("", toolCalls: [ToolCallRequest(id: "1", name: "weather", arguments: "{}")]),
            .tool("sunny", callID: "1"),
        ],
        tools: [PromptTool(name: "weather", description: "Weather of a town", parameters: ["type": "object"])],
        stop: ["###"])

    private static let structured = LLMInvocation(
        model: model, mode: "completion", promptMessages: [PromptMessage(role: "user", content: nil, name: "Ann")],
        stream: false, structuredOutputSchema: ["type": "object"])

    private static let embedding = TextEmbeddingInvocation(
        model: model, texts: ["quokka", "numbat"], inputType: "document")

    private static let multimodalEmbedding = MultimodalEmbeddingInvocation(
        model: model,
        documents: [
            MultimodalContent(content: "quokka", contentType: "text"),
            MultimodalContent(content: "iVBORw0=", contentType: "image"),
        ])

    private static let rerank = RerankInvocation(
        model: model, query: "quokka", docs: ["bus times"], scoreThreshold: 0.3, topN: 2)

    private static let multimodalRerank = MultimodalRerankInvocation(
        model: model, query: MultimodalContent(content: "quokka", contentType: "text"),
        docs: [MultimodalContent(content: "iVBORw0=", contentType: "image")])

    private static let tts = TTSInvocation(model: model, text: "Good morning.", voice: "calm")
    private static let speech = SpeechToTextInvocation(model: model, file: "fffb9064")
    private static let moderation = ModerationInvocation(model: model, text: "hello")
    private static let summary = SummaryInvocation(text: "A line.", instruction: "Short")
    private static let chat = AppInvocation(appID: "a", query: "Hi", inputs: ["topic": "x"], conversationID: "c")
    private static let newChat = AppInvocation(appID: "a", query: "Hi", user: "u")
    private static let workflow = AppInvocation(appID: "a", inputs: ["topic": nil], responseMode: "blocking")
    private static let fetchApp = FetchAppInvocation(appID: "a")

    private static let extractor = ParameterExtractorInvocation(
        parameters: [
            ExtractedParameter(name: "town", type: "select", options: ["Perth"], description: "a town", required: true)
        ],
        model: nodeModel, query: "To Perth")

    private static let classifier = QuestionClassifierInvocation(
        classes: [QuestionClass(id: "1", name: "Booking")], model: nodeModel, query: "My room was cold",
        instruction: "Be kind")

    private static let set = StorageInvocation(operation: .set, key: "k", value: "76")
    private static let delete = StorageInvocation(operation: .delete, key: "k")
    private static let upload = UploadFileInvocation(filename: "chart.png", mimeType: "image/png")

    static let calls: [Call] = [
        Call(
            .tool(tool), tool.invocation,
            """
            {"tool_type": "api", "provider": "p", "tool": "t", "tool_parameters": {"town": "Perth"},
            "credential_id": "c"}
            """),
        Call(
            .llm(llm), llm.invocation,
            """
            {"provider": "a/q/q", "model": "mini", "model_type": "llm", "mode": "chat",
            "completion_params": {"temperature": 0.2},
            "prompt_messages": [
              {"role": "system", "content": "Answer in one line.", "name": null},
              {"role": "user", "content": "Weather?", "name": null},
              {"role": "assistant", "content": "", "name": null,
               "tool_calls": [{"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}]},
              {"role": "tool", "content": "sunny", "name": null, "tool_call_id": "1"}
            ],
            "tools": [{"name": "weather", "description": "Weather of a town", "parameters": {"type": "object"}}],
            "stop": ["###"], "stream": true}
            """),
        Call(
            .llm(structured), structured.invocation,
            """
            {"provider": "a/q/q", "model": "mini", "model_type": "llm", "mode": "completion", "completion_params": {},
            "prompt_messages": [{"role": "user", "content": null, "name": "Ann"}],
            "structured_output_schema": {"type": "object"}, "tools": null, "stop": null, "stream": false}
            """),
        Call(
            .textEmbedding(embedding), embedding.invocation,
            """
            {"provider": "a/q/q", "model": "mini", "model_type": "text-embedding",
            "texts": ["quokka", "numbat"], "input_type": "document"}
            """),
        Call(
            .multimodalEmbedding(multimodalEmbedding), multimodalEmbedding.invocation,
            """
            {"provider": "a/q/q", "model": "mini", "model_type": "text-embedding",
            "documents": [
              {"content": "quokka", "content_type": "text"}, {"content": "iVBORw0=", "content_type": "image"}
            ],
            "input_type": "query"}
            """),
        Call(
            .rerank(rerank), rerank.invocation,
            """
            {"provider": "a/q/q", "model": "mini", "model_type": "rerank", "score_threshold": 0.3, "top_n": 2,
            "docs": ["bus times"], "query": "quokka"}
            """),
        Call(
            .multimodalRerank(multimodalRerank), multimodalRerank.invocation,
            """
            {"provider": "a/q/q", "model": "mini", "model_type": "rerank", "score_threshold": null, "top_n": null,
            "query": {"content": "quokka", "content_type": "text"},
            "docs": [{"content": "iVBORw0=", "content_type": "image"}]}
            """),
        Call(
            .tts(tts), tts.invocation,
            """
            {"provider": "a/q/q", "model": "mini", "model_type": "tts", "voice": "calm",
            "content_text": "Good morning."}
            """),
        Call(
            .speechToText(speech), speech.invocation,
            """
            {"provider": "a/q/q", "model": "mini", "model_type": "speech2text", "file": "fffb9064"}
            """),
        Call(
            .moderation(moderation), moderation.invocation,
            """
            {"provider": "a/q/q", "model": "mini", "model_type": "moderation", "text": "hello"}
            """),
        Call(
            .systemSummary(summary), summary.invocation,
            """
            {"text": "A line.", "instruction": "Short"}
            """),
        Call(
            .app(chat), chat.invocation,
            """
            {"app_id": "a", "query": "Hi", "inputs": {"topic": "x"}, "response_mode": "streaming",
            "conversation_id": "c"}
            """),
        Call(
            .app(newChat), newChat.invocation,
            """
            {"app_id": "a", "query": "Hi", "inputs": {}, "response_mode": "streaming", "conversation_id": null,
            "user": "u"}
            """),
        Call(
            .app(workflow), workflow.invocation,
            """
            {"app_id": "a", "inputs": {"topic": null}, "response_mode": "blocking"}
            """),
        Call(
            .fetchApp(fetchApp), fetchApp.invocation,
            """
            {"app_id": "a"}
            """),
        Call(
            .parameterExtractor(extractor), extractor.invocation,
            """
            {"parameters": [
              {"name": "town", "type": "select", "options": ["Perth"], "description": "a town", "required": true}
            ],
            "model": {"provider": "a/q/q", "name": "mini", "mode": "chat", "completion_params": {}},
            "query": "To Perth", "instruction": ""}
            """),
        Call(
            .questionClassifier(classifier), classifier.invocation,
            """
            {"classes": [{"id": "1", "name": "Booking"}],
            "model": {"provider": "a/q/q", "name": "mini", "mode": "chat", "completion_params": {}},
            "query": "My room was cold", "instruction": "Be kind"}
            """),
        Call(
            .storage(set), set.invocation,
            """
            {"opt": "set", "key": "k", "value": "76"}
            """),
        Call(
            .storage(delete), delete.invocation,
            """
            {"opt": "del", "key": "k"}
            """),
        Call(
            .uploadFile(upload), upload.invocation,
            """
            {"filename": "chart.png", "mimetype": "image/png"}
            """),
    ]

    /// A request of this type that the daemon takes.
    static func good(_ type: InvocationType) -> JSONObject {
        calls.first { $0.invocation.type == type }?.invocation.request ?? [:]
    }
}
