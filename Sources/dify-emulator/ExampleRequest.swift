import DifyProtocol

/// A request of each type, to copy and to change. Models and apps are those of the demo workspace.
enum ExampleRequest {
    private static func model(_ name: String) -> ModelReference {
        ModelReference(provider: "langgenius/openai/openai", model: name)
    }

    private static let reranker = ModelReference(provider: "langgenius/cohere/cohere", model: "rerank-v3.5")

    private static let node = NodeModel(
        provider: "langgenius/openai/openai", name: "gpt-4o-mini", mode: "chat", completionParams: [:])
    private static let app = "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"
    private static let picture = MultimodalContent(content: "iVBORw0KGgo=", contentType: "image")
    private static let words = MultimodalContent(content: "a tent in the snow", contentType: "text")

    /// The request as the SDK would send it.
    static func of(_ type: InvocationType) -> JSONObject { invocation(type).request }

    private static func invocation(_ type: InvocationType) -> Invocation {
        switch type {
        case .tool:
            ToolInvocation(kind: .builtin, provider: "google", tool: "google_search", parameters: ["query": "tents"])
                .invocation
        case .llm: prompt(schema: nil)
        case .llmStructuredOutput:
            prompt(schema: ["type": "object", "properties": ["item": ["type": "string"]], "required": ["item"]])
        case .textEmbedding:
            TextEmbeddingInvocation(model: model("text-embedding-3-small"), texts: ["tents"], inputType: "query")
                .invocation
        case .multimodalEmbedding:
            MultimodalEmbeddingInvocation(
                model: model("text-embedding-3-small"), documents: [words, picture], inputType: "document"
            ).invocation
        case .rerank:
            RerankInvocation(
                model: reranker, query: "tents", docs: ["boots", "tents"], scoreThreshold: 0, topN: 2
            ).invocation
        case .multimodalRerank:
            MultimodalRerankInvocation(
                model: reranker, query: words, docs: [words, picture], scoreThreshold: 0, topN: 2
            ).invocation
        case .tts: TTSInvocation(model: model("tts-1"), text: "Good morning.", voice: "alloy").invocation
        case .speechToText: SpeechToTextInvocation(model: model("whisper-1"), file: "52494646").invocation
        case .moderation: ModerationInvocation(model: model("omni-moderation-latest"), text: "Hello").invocation
        case .systemSummary: SummaryInvocation(text: "A long text. And more of it.", instruction: "").invocation
        case .parameterExtractor:
            ParameterExtractorInvocation(
                parameters: [
                    ExtractedParameter(name: "town", type: "string", options: [], description: "a town", required: true)
                ], model: node, query: "town: Perth", instruction: ""
            ).invocation
        case .questionClassifier:
            QuestionClassifierInvocation(
                classes: [QuestionClass(id: "1", name: "refund"), QuestionClass(id: "2", name: "delivery")],
                model: node, query: "Where is my delivery?", instruction: ""
            ).invocation
        case .app: AppInvocation(appID: app, query: "Hello", inputs: [:], responseMode: "streaming").invocation
        case .fetchApp: FetchAppInvocation(appID: app).invocation
        case .storage: StorageInvocation(operation: .get, key: "cursor", value: "").invocation
        case .uploadFile: UploadFileInvocation(filename: "note.txt", mimeType: "text/plain").invocation
        }
    }

    private static func prompt(schema: JSONObject?) -> Invocation {
        LLMInvocation(
            model: model("gpt-4o-mini"), promptMessages: [.user("Which tent is the lightest?")],
            structuredOutputSchema: schema
        ).invocation
    }
}
