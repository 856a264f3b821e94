import DifyOpenAPI
import DifyProtocol

/// What holds for a workspace where its seed does not say.
struct SeedDefaults: Sendable {
    /// The number that ids follow from.
    var seed = 0
    /// The release of Dify that it imitates.
    var profile = Profile.current
}

/// The content of one seed file, read and checked but not yet set against what the workspace holds.
struct SeedDocument: Sendable {
    /// The workspace that the file names.
    var workspace: String?
    /// What derived ids and generated values follow from.
    var seed: Int?
    /// The release of Dify whose rules the file was read by.
    var profile = Profile.current
    var plugins: [PluginEntry] = []
    var workflows: [WorkflowEntry] = []
    var apis: [APIEntry] = []
    var models: [ModelEntry] = []
    var apps: [AppEntry] = []
    var users: [UserEntry] = []
    var callers: [CallerEntry] = []
    var flagged: [FlaggedEntry] = []
    var transcripts: [TranscriptEntry] = []
    var storage: [StoredEntry] = []
    var conversations: [ConversationEntry] = []
    var scripts: [ScriptEntry] = []
    /// Files go into a table of their own, not among the entries.
    var files: [SeededFile] = []
    /// Whether every entry that the file means to hold could be read; otherwise scripts about them cannot be judged.
    var isWhole = true

    /// What is left of a file that cannot be read at all.
    static var unreadable: SeedDocument {
        var document = SeedDocument()
        document.isWhole = false
        return document
    }
}
