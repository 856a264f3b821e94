import DifyProtocol

/// What a plugin may call back for: `resource.permission` of its manifest.
struct Permission: Sendable, Hashable {
    /// The names of what is enabled, in the words of ``name(for:)``.
    let enabled: Set<String>
    /// How many bytes the plugin may store.
    let storageSize: Int

    /// The most that Dify's daemon stores for a plugin, whatever its manifest says (`PERSISTENCE_STORAGE_MAX_SIZE`).
    static let largestStorage = 104_857_600

    /// For plugins about which the workspace knows nothing.
    static let everything = Permission(enabled: Set(names), storageSize: largestStorage)

    /// What can be enabled, in the daemon's words.
    static let names = [
        "tool", "llm", "text-embedding", "rerank", "tts", "speech2text", "moderation", "node", "app", "storage",
    ]

    /// What a call needs; nil for one that every plugin may make.
    static func name(for type: InvocationType) -> String? {
        switch type {
        case .tool: "tool"
        case .llm, .llmStructuredOutput, .systemSummary: "llm"
        case .textEmbedding, .multimodalEmbedding: "text-embedding"
        case .rerank, .multimodalRerank: "rerank"
        case .tts: "tts"
        case .speechToText: "speech2text"
        case .moderation: "moderation"
        case .parameterExtractor, .questionClassifier: "node"
        case .app, .fetchApp: "app"
        case .storage: "storage"
        case .uploadFile: nil
        }
    }

    /// The daemon's text for a call that is not allowed; nil for one that is.
    func denial(of type: InvocationType) -> String? {
        guard let name = Self.name(for: type), !enabled.contains(name) else { return nil }
        return "permission denied, you need to enable \(name) access in plugin manifest"
    }
}

extension Catalog {
    /// What to say about a caller that the seed does not know, although it says what others may do: a slip in the name
    /// would lift all bounds.
    func note(onUnknown plugin: String) -> String? {
        guard !state.permissions.isEmpty, state.permissions[plugin] == nil else { return nil }
        let nearest = Nearest.matches(plugin, in: state.permissions.keys, limit: 1).first.map { "; nearest: \($0)" }
        return "the seed gives \(plugin) no `permission`, so it may do everything\(nearest ?? "")"
    }

    /// What a plugin may call back for.
    func permission(of plugin: String) -> Permission { state.permissions[plugin] ?? .everything }
}
