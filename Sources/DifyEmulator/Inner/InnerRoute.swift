package import DifyProtocol

/// The addresses below `/inner/api/` that Dify's plugin daemon calls
/// (`api/controllers/inner_api/plugin/plugin.py`).
package enum InnerRoute: String, Sendable, Hashable, CaseIterable {
    case llm = "invoke/llm"
    case structuredOutput = "invoke/llm/structured-output"
    case textEmbedding = "invoke/text-embedding"
    case rerank = "invoke/rerank"
    case tts = "invoke/tts"
    case speechToText = "invoke/speech2text"
    case moderation = "invoke/moderation"
    case tool = "invoke/tool"
    case parameterExtractor = "invoke/parameter-extractor"
    case questionClassifier = "invoke/question-classifier"
    case app = "invoke/app"
    case encryption = "invoke/encrypt"
    case summary = "invoke/summary"
    case uploadRequest = "upload/file/request"
    case downloadRequest = "download/file/request"
    case appInfo = "fetch/app/info"
    // The daemon calls these two as well. Dify 1.14 has no such routes.
    case multimodalEmbedding = "invoke/multimodal-embedding"
    case multimodalRerank = "invoke/multimodal-rerank"

    /// How a route answers.
    package enum AnswerForm: Sendable {
        /// A stream of frames. What fails before the first one is an HTTP error, what fails later the last frame.
        case stream
        /// One object. Whatever fails stands in it beside HTTP 200.
        case caught
        /// One object. What fails is an HTTP error.
        case plain
    }

    package var form: AnswerForm {
        switch self {
        case .llm, .structuredOutput, .tts, .tool, .app: .stream
        case .uploadRequest, .downloadRequest, .appInfo: .plain
        default: .caught
        }
    }

    /// Whether an answer's object stands in another one: `{"data": {"data": …}}`.
    package var nests: Bool { self == .appInfo || self == .encryption }

    /// Whether tenant and user are read before all else. A request to download names a user of its own.
    package var resolvesUser: Bool { self != .downloadRequest }

    /// Whether the route exists.
    package func exists(in profile: Profile, quirks: Quirk.Treatment) -> Bool {
        switch self {
        case .structuredOutput: profile.has(.structuredOutput)
        case .appInfo: profile.has(.appInfo)
        case .downloadRequest: profile.has(.downloadRequest)
        case .multimodalEmbedding, .multimodalRerank: quirks == .useful
        default: true
        }
    }
}
