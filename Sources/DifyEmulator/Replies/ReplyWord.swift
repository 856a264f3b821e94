import DifyProtocol

/// The words in which replies of models, apps and nodes are written.
enum ReplyWord: String, Sendable, CaseIterable {
    // Language models.
    case text
    case content
    case toolCalls = "tool_calls"
    case structuredOutput = "structured_output"
    case usage
    case finishReason = "finish_reason"
    // Other models.
    case embedding
    case embeddings
    case scores
    case docs
    case audio
    case flagged
    // Nodes.
    case outputs
    case failed
    case chosenClass = "class"
    // Apps.
    case thought
    case file
    case retrieverResources = "retriever_resources"
    case replace
    case events
    case errorEvent = "error"
    case parameters

    /// What a word's value must be.
    enum Shape: Sendable {
        case text
        case flag
        case mapping
        case mappings
        case numbers
        case vectors
        /// A list of names, or of mappings with `name`, `arguments` and `id`.
        case toolCalls
        /// A mapping with `base64` or `hex`.
        case bytes
    }

    var shape: Shape {
        switch self {
        case .text, .finishReason, .failed, .chosenClass, .replace: .text
        case .flagged: .flag
        case .structuredOutput, .usage, .outputs, .thought, .file, .errorEvent, .parameters: .mapping
        case .content, .docs, .retrieverResources, .events: .mappings
        case .embedding, .scores: .numbers
        case .embeddings: .vectors
        case .toolCalls: .toolCalls
        case .audio: .bytes
        }
    }

    /// The members that a mapping of this word may have; nil where anything goes.
    var memberKeys: [String]? {
        switch self {
        case .thought: ["thought", "tool", "tool_input", "tool_labels", "observation", "files"]
        case .file: ["url", "type", "id", "filename", "mime_type", "extension", "size"]
        case .docs: ["index", "score", "text"]
        case .retrieverResources:
            [
                "position", "dataset_id", "dataset_name", "document_id", "document_name", "data_source_type",
                "segment_id", "retriever_from", "score", "hit_count", "word_count", "segment_position",
                "index_node_hash", "content", "page", "doc_metadata", "title", "files", "summary",
            ]
        default: nil
        }
    }

    /// Whether an answer has the word once at most, and no other such word beside it.
    var isWholeAnswer: Bool {
        switch self {
        case .embedding, .embeddings, .scores, .docs, .flagged, .chosenClass: true
        default: false
        }
    }

    /// The modes of apps that know the word; nil for all of them.
    private var appModes: [CatalogApp.Mode]? {
        switch self {
        case .outputs, .failed: [.workflow, .advancedChat]
        case .thought: [.agentChat]
        case .replace, .retrieverResources: [.chat, .agentChat, .advancedChat, .completion]
        default: nil
        }
    }

    /// What to say about the word in the answer of an app of this mode; nil when it fits.
    func complaint(about mode: CatalogApp.Mode) -> String? {
        guard let modes = appModes, !modes.contains(mode) else { return nil }
        let names = modes.map(\.rawValue).joined(separator: ", ")
        return "\"\(rawValue)\" is for apps of mode \(names); this one is \(mode.rawValue)"
    }

    /// The words that mean something in the answer to a call of this type.
    static func words(for type: InvocationType) -> [ReplyWord] {
        switch type {
        case .llm: [.text, .content, .toolCalls, .usage, .finishReason]
        case .llmStructuredOutput: words(for: .llm) + [.structuredOutput]
        case .textEmbedding, .multimodalEmbedding: [.embedding, .embeddings, .usage]
        case .rerank, .multimodalRerank: [.scores, .docs]
        case .tts: [.audio]
        case .speechToText, .systemSummary: [.text]
        case .moderation: [.flagged]
        case .parameterExtractor: [.outputs, .failed]
        case .questionClassifier: [.chosenClass, .failed]
        case .app:
            [
                .text, .outputs, .failed, .thought, .file, .retrieverResources, .replace, .events, .usage, .errorEvent,
            ]
        case .fetchApp: [.parameters]
        case .tool, .storage, .uploadFile: []
        }
    }
}
