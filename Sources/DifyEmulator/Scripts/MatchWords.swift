import DifyProtocol

/// What a script may ask of a call: the names that it looks up in the catalogue, and the facts that it compares.
struct MatchWords: Sendable {
    /// Names of entries: `provider`, `model`, `app`, `kind`, `tool`.
    let names: [String]
    /// Facts with a value of their own.
    let facts: [String]
    /// Facts that are mappings, whose members are compared one by one.
    let mappings: [String]

    /// The only values that some facts can have; nil for facts with any.
    static func values(of fact: String) -> [String]? {
        switch fact {
        case "opt": StorageInvocation.Operation.allCases.map(\.rawValue)
        case "response_mode": ["streaming", "blocking"]
        case "input_type": ["document", "query"]
        default: nil
        }
    }

    /// Whether a fact is a list, which `contains` asks for an element and a bare list for all of them.
    static func isList(_ fact: String, of type: InvocationType) -> Bool {
        switch fact {
        case "tools", "stop", "texts", "documents", "docs", "classes": true
        case "parameters": type == .parameterExtractor
        default: false
        }
    }

    var keys: [String] { ["type"] + names + facts + mappings }

    /// The words for a type of call.
    static func words(for type: InvocationType) -> MatchWords {
        let model = ["provider", "model"]
        return switch type {
        case .tool: MatchWords(names: ["kind", "provider", "tool"], facts: [], mappings: ["parameters"])
        case .llm, .llmStructuredOutput:
            MatchWords(
                names: model,
                facts: [
                    "last_user_message", Condition.anyMessage, "system_message", "tools", "last_tool_result", "stop",
                    "stream", "mode",
                ], mappings: ["completion_params"])
        case .textEmbedding: MatchWords(names: model, facts: ["texts", "input_type"], mappings: [])
        case .multimodalEmbedding: MatchWords(names: model, facts: ["documents", "input_type"], mappings: [])
        case .rerank, .multimodalRerank:
            MatchWords(names: model, facts: ["query", "docs", "top_n", "score_threshold"], mappings: [])
        case .tts: MatchWords(names: model, facts: ["text", "voice"], mappings: [])
        case .speechToText: MatchWords(names: model, facts: ["sha256"], mappings: [])
        case .moderation: MatchWords(names: model, facts: ["text"], mappings: [])
        case .systemSummary: MatchWords(names: [], facts: ["text", "instruction"], mappings: [])
        case .app:
            MatchWords(
                names: ["app"], facts: ["query", "response_mode", "conversation_id", "turn"], mappings: ["inputs"])
        case .fetchApp: MatchWords(names: ["app"], facts: [], mappings: [])
        case .parameterExtractor:
            MatchWords(names: model, facts: ["query", "instruction", "parameters"], mappings: [])
        case .questionClassifier: MatchWords(names: model, facts: ["query", "instruction", "classes"], mappings: [])
        case .storage: MatchWords(names: [], facts: ["plugin", "opt", "key", "value"], mappings: [])
        case .uploadFile: MatchWords(names: [], facts: ["filename", "mimetype"], mappings: [])
        }
    }
}
