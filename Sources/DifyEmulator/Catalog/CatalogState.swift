import DifyProtocol

/// What a snapshot holds beside tools, models, apps and scripts.
struct CatalogState: Sendable {
    /// A conversation that a seed put there.
    struct Conversation: Sendable {
        let app: ProviderUUID
        let seeded: SeededConversation
    }

    /// Who calls when the transport does not say.
    var caller = Caller.unnamed
    var users: [EndUser] = []
    /// By plugin.
    var permissions: [String: Permission] = [:]
    /// Words for which moderation flags a text.
    var flagged: [String] = []
    /// Texts of audio files, by SHA-256 sum in lower case.
    var transcripts: [String: String] = [:]
    /// Stored values by plugin and key, as seeded.
    var storage: [String: [String: [UInt8]]] = [:]
    /// By id.
    var conversations: [String: Conversation] = [:]
}
