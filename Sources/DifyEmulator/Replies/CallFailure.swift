public import DifyProtocol

/// How failures reach the plugin: Dify's platform reports one, and its daemon puts words before it
/// (`internal/core/io_tunnel/backwards_invocation/task.go`).
extension InvocationType {
    /// An exception of the platform: inside the stream of a streamed answer, else in place of the answer.
    func failure(exception text: String) -> ReplyFailure {
        ReplyFailure((streamFailure ?? startFailure) + "request failed: " + text, cause: .exception(text))
    }

    /// A refusal by the platform before its answer starts. For calls with a single answer the daemon does not look at
    /// the HTTP status, finds nothing in the body, and so the cause is lost.
    func failure(refusal: Refusal) -> ReplyFailure {
        let answer = "request failed with status code: \(refusal.status) and respond with: \(refusal.body)"
        return ReplyFailure(startFailure + (isStreaming ? answer : "data is nil"), cause: .refusal(refusal))
    }

    /// A failure that the daemon itself notices.
    func failure(daemon text: String) -> ReplyFailure { ReplyFailure(startFailure + text) }

    /// What stands before a call that fails to start, or whose single answer fails.
    private var startFailure: String {
        switch self {
        case .tool: "invoke tool failed: "
        case .llm: "invoke llm model failed: "
        case .llmStructuredOutput: "invoke llm with structured output model failed: "
        case .textEmbedding: "invoke text-embedding model failed: "
        case .multimodalEmbedding: "invoke multimodal embedding model failed: "
        case .rerank: "invoke rerank model failed: "
        case .multimodalRerank: "invoke multimodal rerank model failed: "
        case .tts: "invoke tts model failed: "
        case .speechToText: "invoke speech2text model failed: "
        case .moderation: "invoke moderation model failed: "
        case .parameterExtractor: "invoke parameter extractor failed: "
        case .questionClassifier: "invoke question classifier failed: "
        case .app: "invoke app failed: "
        case .fetchApp: "fetch app failed: "
        case .uploadFile: "upload file failed: "
        case .systemSummary: "invoke summary failed: "
        // The daemon answers storage calls itself; each operation has a text of its own.
        case .storage: ""
        }
    }

    /// What stands before a failure in the middle of a stream; nil for calls with a single answer.
    private var streamFailure: String? {
        switch self {
        case .tool: "read tool response failed: "
        case .llm: "read llm model failed: "
        case .llmStructuredOutput: "read llm with structured output model failed: "
        case .tts: "read tts model failed: "
        case .app: "read app failed: "
        default: nil
        }
    }
}

extension Refusal {
    /// The text of the exception in the plugin when a call of this type is refused: the daemon's wrapping.
    public func pluginMessage(for type: InvocationType) -> String { type.failure(refusal: self).text }
}
