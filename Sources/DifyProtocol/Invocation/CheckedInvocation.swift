/// A reverse call, decoded and checked as Dify's plugin daemon does.
public enum CheckedInvocation: Sendable, Hashable {
    case tool(ToolInvocation)
    /// `llm` and `llm_structured_output`.
    case llm(LLMInvocation)
    case textEmbedding(TextEmbeddingInvocation)
    case multimodalEmbedding(MultimodalEmbeddingInvocation)
    case rerank(RerankInvocation)
    case multimodalRerank(MultimodalRerankInvocation)
    case tts(TTSInvocation)
    case speechToText(SpeechToTextInvocation)
    case moderation(ModerationInvocation)
    case systemSummary(SummaryInvocation)
    case app(AppInvocation)
    case fetchApp(FetchAppInvocation)
    case parameterExtractor(ParameterExtractorInvocation)
    case questionClassifier(QuestionClassifierInvocation)
    case storage(StorageInvocation)
    case uploadFile(UploadFileInvocation)

    /// What is asked for.
    public var type: InvocationType {
        switch self {
        case .tool: .tool
        case .llm(let call): call.type
        case .textEmbedding: .textEmbedding
        case .multimodalEmbedding: .multimodalEmbedding
        case .rerank: .rerank
        case .multimodalRerank: .multimodalRerank
        case .tts: .tts
        case .speechToText: .speechToText
        case .moderation: .moderation
        case .systemSummary: .systemSummary
        case .app: .app
        case .fetchApp: .fetchApp
        case .parameterExtractor: .parameterExtractor
        case .questionClassifier: .questionClassifier
        case .storage: .storage
        case .uploadFile: .uploadFile
        }
    }

    /// Decodes and checks a call.
    ///
    /// - Parameter refusesBooleanParameters: Whether a parameter extractor may not look for `boolean` and
    ///   `array[boolean]`. Dify knows both types, but its daemon refuses them.
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(_ invocation: Invocation, refusesBooleanParameters: Bool = false) throws(InvalidRequest) {
        let request = invocation.request
        switch invocation.type {
        case .tool: self = .tool(try ToolInvocation(request: request))
        case .llm: self = .llm(try LLMInvocation(request: request))
        case .llmStructuredOutput: self = .llm(try LLMInvocation(request: request, isStructured: true))
        case .textEmbedding: self = .textEmbedding(try TextEmbeddingInvocation(request: request))
        case .multimodalEmbedding: self = .multimodalEmbedding(try MultimodalEmbeddingInvocation(request: request))
        case .rerank: self = .rerank(try RerankInvocation(request: request))
        case .multimodalRerank: self = .multimodalRerank(try MultimodalRerankInvocation(request: request))
        case .tts: self = .tts(try TTSInvocation(request: request))
        case .speechToText: self = .speechToText(try SpeechToTextInvocation(request: request))
        case .moderation: self = .moderation(try ModerationInvocation(request: request))
        case .systemSummary: self = .systemSummary(try SummaryInvocation(request: request))
        case .app: self = .app(try AppInvocation(request: request))
        case .fetchApp: self = .fetchApp(try FetchAppInvocation(request: request))
        case .parameterExtractor:
            self = .parameterExtractor(
                try ParameterExtractorInvocation(request: request, refusesBooleanParameters: refusesBooleanParameters))
        case .questionClassifier: self = .questionClassifier(try QuestionClassifierInvocation(request: request))
        case .storage: self = .storage(try StorageInvocation(request: request))
        case .uploadFile: self = .uploadFile(try UploadFileInvocation(request: request))
        }
    }
}
