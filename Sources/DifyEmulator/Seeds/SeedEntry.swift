import DifyOpenAPI
import DifyProtocol

/// What all entries of a seed have in common.
protocol SeedEntry {
    /// What makes it one entry among its kind.
    var identity: String { get }
    /// How messages call it.
    var label: String { get }
    /// The entry as the store keeps it.
    var definition: JSONValue { get }
    var place: SeedPlace { get }
}

/// A plugin's provider with its tools, as a seed holds it.
struct PluginEntry: Sendable {
    let provider: BuiltinProvider
    /// What the plugin may call back for; nil where the seed does not say.
    let permission: Permission?
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
    let bundles: [ToolBundle]
    let definition: JSONValue
    let place: SeedPlace
}

/// A script whose names are still written the way the seed writes them.
struct ScriptEntry: Sendable {
    /// Which calls a script is about, as far as it names entries of the catalogue.
    struct Match: Sendable {
        let type: InvocationType
        let kind: ToolKind?
        let provider: String?
        let tool: String?
        let model: String?
        let app: String?
    }

    let identity: String
    let name: String?
    let match: Match
    let conditions: [Condition]
    let priority: Int
    let times: Int?
    let answer: ReplySequence
    let definition: JSONValue
    let place: SeedPlace
    /// Where the match names entries, for mistakes found later.
    let matchPlace: SeedPlace
}

/// An entry that is nothing but its value.
struct ValueEntry<Value: Sendable>: SeedEntry {
    let identity: String
    let label: String
    let value: Value
    let definition: JSONValue
    let place: SeedPlace
}

typealias ModelEntry = ValueEntry<CatalogModel>
typealias AppEntry = ValueEntry<InstalledApp>
typealias UserEntry = ValueEntry<EndUser>
typealias CallerEntry = ValueEntry<Caller>
typealias FlaggedEntry = ValueEntry<[String]>
typealias TranscriptEntry = ValueEntry<String>
typealias StoredEntry = ValueEntry<StoredValue>
typealias ConversationEntry = ValueEntry<SeededConversation>

extension PluginEntry: SeedEntry {
    var identity: String { provider.id }
    var label: String { provider.id }
    /// `author/name`
    var pluginID: String { provider.id.split(separator: "/").prefix(2).joined(separator: "/") }
}

extension WorkflowEntry: SeedEntry {
    var identity: String { id.description }
    var label: String { "\"\(tool.providerName)\"" }
}

extension APIEntry: SeedEntry {
    var identity: String { provider.id.description }
    var label: String { "\"\(provider.name)\"" }
}

extension ScriptEntry: SeedEntry {
    var label: String { name.map { "\"\($0)\"" } ?? "without a name" }
}
