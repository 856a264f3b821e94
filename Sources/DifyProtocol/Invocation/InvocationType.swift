/// What a plugin asks of the platform: the `type` of a reverse call.
///
/// The words are those of the SDK's `InvokeType`; they name the call on the wire.
public enum InvocationType: String, Sendable, Hashable, CaseIterable {
    case tool
    case llm
    case llmStructuredOutput = "llm_structured_output"
    case textEmbedding = "text_embedding"
    case multimodalEmbedding = "multimodal_embedding"
    case rerank
    case multimodalRerank = "multimodal_rerank"
    case tts
    case speechToText = "speech2text"
    case moderation
    case parameterExtractor = "node_parameter_extractor"
    case questionClassifier = "node_question_classifier"
    case app
    case fetchApp = "fetch_app"
    case storage
    case uploadFile = "upload_file"
    case systemSummary = "system_summary"

    /// Whether Dify's daemon answers with any number of events (`"stream"`) or with one (`"struct"`).
    public var isStreaming: Bool {
        switch self {
        case .tool, .llm, .llmStructuredOutput, .tts, .app: true
        default: false
        }
    }
}
