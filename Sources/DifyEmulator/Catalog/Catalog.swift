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
    /// For each tool the scripts about it, best first.
    fileprivate let scripts: [ToolIdentity: [Script]]
    /// Ids of all stored credentials of the workspace.
    let credentialIDs: Set<ProviderUUID>
    /// What ids and generated values follow from.
    let seed: Int

    init(
        builtin: [BuiltinProvider], workflows: [(ProviderUUID, CatalogTool)], apis: [APIProvider],
        tools: [CatalogTool], scripts: [Script], seed: Int
    ) {
        self.builtin = Dictionary(builtin.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.workflows = Dictionary(workflows, uniquingKeysWith: { _, last in last })
        self.apis = Dictionary(apis.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.seed = seed
        self.tools = tools
        let ranked = scripts.sorted { $0.rank < $1.rank }
        self.scripts = Dictionary(
            tools.map { tool in (tool.identity, ranked.filter { $0.concerns(tool.identity) }) },
            uniquingKeysWith: { first, _ in first })
        credentialIDs = Set(builtin.flatMap { $0.credentials ?? [] })
    }
}

extension Catalog {
    /// The scripts about a tool, best first.
    func scripts(for tool: ToolIdentity) -> [Script] { scripts[tool] ?? [] }
}
