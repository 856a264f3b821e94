public import DifyProtocol
import Synchronization

/// One isolated set of tools, scripts and counters. A server holds many.
public final class Workspace: Sendable {
    /// Its name, which also stands in its address.
    public let name: String
    /// The tenant's id, which follows from seed and name.
    public let tenantID: ProviderUUID
    /// What the daemon would have in its cache of stored values.
    let loadedKeys = LoadedKeys()
    private let state: Mutex<State>

    private struct State {
        var catalog: Catalog
        /// How often each script and each sequence was used.
        var uses: [String: Int] = [:]
        var closures: [ToolIdentity: ToolReplyClosure] = [:]
        /// How often each request came, by its digest.
        var calls: [String: Int] = [:]
    }

    /// Most different requests that are told apart by how often they came.
    private static let maximumCalls = 100_000

    init(name: String, catalog: Catalog) {
        self.name = name
        tenantID = Self.tenantID(ofWorkspace: name, seed: catalog.seed)
        state = Mutex(State(catalog: catalog))
    }

    static func tenantID(ofWorkspace name: String, seed: Int) -> ProviderUUID {
        ProviderUUID(seed: seed, "tenant", name)
    }

    /// The snapshot that calls are answered from. Setting it keeps counters and closures.
    var catalog: Catalog {
        get { state.withLock { $0.catalog } }
        set { state.withLock { $0.catalog = newValue } }
    }

    /// Every tool, in the order of the seed; Dify's own first.
    public var tools: [CatalogTool] { catalog.tools }

    /// Every model, in the order of the seed.
    public var models: [CatalogModel] { catalog.models.all }

    /// Every app, in the order of the seed.
    public var apps: [CatalogApp] { catalog.apps.map(\.app) }

    /// A tool of the workspace.
    ///
    /// - Parameters:
    ///   - kind: Its kind.
    ///   - provider: The provider as a plugin may write it, or the name of a workflow or API.
    ///   - tool: The tool's name.
    /// - Throws: ``UnknownToolError``.
    public func tool(_ kind: ToolKind, _ provider: String, _ tool: String) throws(UnknownToolError) -> CatalogTool {
        let catalog = catalog
        let candidates = catalog.tools.filter {
            $0.identity.kind == kind && $0.isProvided(by: provider)
        }
        if let found = candidates.first(where: { $0.identity.tool == tool }) { return found }
        let notes =
            candidates.isEmpty
            ? catalog.notes(onProvider: provider, kind: kind) : catalog.notes(onTool: tool, in: candidates)
        throw UnknownToolError(
            description: "workspace \(name) has no \(kind.rawValue) tool \(provider) \(tool): "
                + notes.joined(separator: "; "))
    }

    /// Answers a tool with Swift code instead of its canned reply. Scripts still come first.
    ///
    /// - Parameters:
    ///   - kind: The kind of tool.
    ///   - provider: The provider as a plugin may write it, or the name of a workflow or API.
    ///   - tool: The tool's name.
    ///   - closure: Gets the call and yields messages.
    /// - Throws: ``UnknownToolError`` when the workspace has no such tool.
    public func reply(
        to kind: ToolKind, _ provider: String, _ tool: String, with closure: @escaping ToolReplyClosure
    ) throws(UnknownToolError) {
        let identity = try self.tool(kind, provider, tool).identity
        state.withLock { $0.closures[identity] = closure }
    }

    func closure(for tool: ToolIdentity) -> ToolReplyClosure? { state.withLock { $0.closures[tool] } }

    /// Counts a use.
    ///
    /// - Returns: How often it was used before.
    func countUse(of key: String) -> Int {
        state.withLock { state in
            let uses = state.uses[key, default: 0]
            state.uses[key] = uses + 1
            return uses
        }
    }

    /// Counts a call.
    ///
    /// - Returns: How often the same request came before.
    func countCall(_ digest: String) -> Int {
        state.withLock { state in
            // Requests grow with the callers' fantasy; forgetting them only lets their ids come again.
            if state.calls.count >= Self.maximumCalls { state.calls = [:] }
            let earlier = state.calls[digest, default: 0]
            state.calls[digest] = earlier + 1
            return earlier
        }
    }

    /// The best script for a call, counted as used, and how often it was used before.
    func takeScript(from candidates: [Script]) -> (script: Script, uses: Int)? {
        guard !candidates.isEmpty else { return nil }
        return state.withLock { state in
            for script in candidates {
                let uses = state.uses[script.counter, default: 0]
                if let times = script.entry.times, uses >= times { continue }
                state.uses[script.counter] = uses + 1
                return (script, uses)
            }
            return nil
        }
    }

    /// How often a script was used.
    func uses(of script: Script) -> Int { state.withLock { $0.uses[script.counter, default: 0] } }
}

extension Script {
    /// The name under which uses are counted.
    fileprivate var counter: String { "script \(entry.identity)" }
}

/// A tool that somebody names and the workspace lacks.
public struct UnknownToolError: Error, Sendable, CustomStringConvertible {
    /// What was looked for, and what comes nearest.
    public let description: String
}
