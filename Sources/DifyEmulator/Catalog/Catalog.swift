import DifyProtocol

/// Everything a workspace can be called for: an immutable snapshot compiled from the store's rows.
///
/// The path of a call reads this and nothing else; a write to the store publishes a new one.
final class Catalog: Sendable {
    /// Providers by `author/plugin/provider` or hard-coded name.
    let builtin: [String: BuiltinProvider]
    /// The one tool of each workflow, by provider id.
    let workflows: [ProviderUUID: CatalogTool]
    /// Custom tool providers by id.
    let apis: [ProviderUUID: APIProvider]
    /// Every tool in the order of the seed.
    let tools: [CatalogTool]
    let models: ModelCatalog
    /// In the order of the seed.
    let apps: [InstalledApp]
    let state: CatalogState
    /// For each tool the scripts about it, best first.
    private let toolScripts: [ToolIdentity: [Script]]
    /// The scripts about everything else by type of call, best first.
    private let otherScripts: [InvocationType: [Script]]
    private let appsByID: [ProviderUUID: InstalledApp]
    /// Ids of all stored credentials of the workspace.
    let credentialIDs: Set<ProviderUUID>
    /// What ids and generated values follow from.
    let seed: Int
    /// The release of Dify that the workspace imitates.
    let profile: Profile

    init(
        builtin: [BuiltinProvider], workflows: [(ProviderUUID, CatalogTool)], apis: [APIProvider],
        tools: [CatalogTool], models: ModelCatalog, apps: [InstalledApp], scripts: [Script], state: CatalogState,
        seed: Int, profile: Profile
    ) {
        self.builtin = Dictionary(builtin.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.workflows = Dictionary(workflows, uniquingKeysWith: { _, last in last })
        self.apis = Dictionary(apis.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.seed = seed
        self.profile = profile
        self.tools = tools
        self.models = models
        self.apps = apps
        self.state = state
        appsByID = Dictionary(apps.map { ($0.app.id, $0) }, uniquingKeysWith: { _, last in last })
        let ranked = Dictionary(grouping: scripts.sorted { $0.rank < $1.rank }, by: \.entry.match.type)
        let aboutTools = ranked[.tool] ?? []
        toolScripts = Dictionary(
            tools.map { tool in (tool.identity, aboutTools.filter { $0.concerns(.tool(tool.identity)) }) },
            uniquingKeysWith: { first, _ in first })
        otherScripts = ranked.filter { $0.key != .tool }
        credentialIDs = Set(builtin.flatMap { $0.credentials ?? [] })
    }

    /// The scripts about what a call is about, best first.
    func scripts(for subject: CallSubject) -> [Script] {
        if case .tool(let tool) = subject { return toolScripts[tool] ?? [] }
        return (otherScripts[subject.type] ?? []).filter { $0.concerns(subject) }
    }

    /// The app with an id, in any spelling that PostgreSQL reads.
    ///
    /// - Throws: ``FailedLookup`` with Dify's text.
    func app(_ id: String) throws(FailedLookup) -> InstalledApp {
        if let id = ProviderUUID(id), let app = appsByID[id] { return app }
        let byName = apps.first { $0.app.name == id }.map {
            ["\"\(id)\" is the name of app \($0.app.id): call it by id"]
        }
        let listed = apps.prefix(8).map { "\($0.app.name) (\($0.app.id))" }.joined(separator: ", ")
        throw FailedLookup(
            refusal: .invalidParameter("app not found"),
            notes: byName ?? [apps.isEmpty ? "the workspace has no apps" : "the workspace's apps: \(listed)"])
    }
}
