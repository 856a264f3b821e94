import DifyOpenAPI
import DifyProtocol

/// The content of one seed file, read and checked but not yet set against what the workspace holds.
struct SeedDocument: Sendable {
    /// The workspace that the file names.
    var workspace: String?
    /// What derived ids and generated values follow from.
    var seed: Int?
    var plugins: [PluginEntry] = []
    var workflows: [WorkflowEntry] = []
    var apis: [APIEntry] = []
    var scripts: [ScriptEntry] = []
    /// Whether every tool that the file means to hold could be read; otherwise scripts about them cannot be judged.
    var isWhole = true

    /// What is left of a file that cannot be read at all.
    static var unreadable: SeedDocument {
        var document = SeedDocument()
        document.isWhole = false
        return document
    }
}

/// A plugin's provider with its tools, as a seed holds it.
struct PluginEntry: Sendable {
    let provider: BuiltinProvider
    /// The entry in its normal form, as the store keeps it.
    let definition: JSONValue
    let place: SeedPlace
}

/// A workflow published as a tool.
struct WorkflowEntry: Sendable {
    let id: ProviderUUID
    let tool: CatalogTool
    let definition: JSONValue
    let place: SeedPlace
}

/// A custom tool provider.
struct APIEntry: Sendable {
    let provider: APIProvider
    /// The text of the API document.
    let document: String
    let bundles: [ToolBundle]
    let definition: JSONValue
    let place: SeedPlace
}

/// A script whose provider is still written the way the seed writes it.
struct ScriptEntry: Sendable {
    let identity: String
    let name: String?
    let kind: ToolKind?
    let provider: String?
    let tool: String?
    let conditions: [Condition]
    let priority: Int
    let times: Int?
    let answer: ToolAnswer
    let definition: JSONValue
    let place: SeedPlace
    /// Where the match names provider and tool, for mistakes found later.
    let matchPlace: SeedPlace
}
