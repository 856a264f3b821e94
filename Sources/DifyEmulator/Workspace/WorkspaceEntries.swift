import DifyOpenAPI
import DifyProtocol

/// The entries of a workspace in their order, whether they come from the store or from a seed.
struct WorkspaceEntries: Sendable {
    var seed: Int
    var plugins: [PluginEntry] = []
    var workflows: [WorkflowEntry] = []
    var apis: [APIEntry] = []
    var scripts: [ScriptEntry] = []

    /// Takes a seed's entries in: an entry replaces the one with its identity, others are appended.
    ///
    /// - Returns: What does not go together. The entries are then not to be used.
    mutating func merge(_ document: SeedDocument) -> [SeedMistake] {
        var mistakes: [SeedMistake] = []
        mistakes += Self.merge(document.plugins, into: &plugins, what: "plugin provider")
        mistakes += Self.merge(document.workflows, into: &workflows, what: "workflow")
        mistakes += Self.merge(document.apis, into: &apis, what: "API")
        mistakes += Self.merge(document.scripts, into: &scripts, what: "script")
        mistakes += Self.namesTwice(workflows.map { ($0.tool.providerName, $0.place) }) {
            "Tool with name \($0) already exists, with another id: give the entry that id, or load with --replace"
        }
        mistakes += Self.namesTwice(apis.map { ($0.provider.name, $0.place) }) {
            "provider \($0) already exists, with another id: give the entry that id, or load with --replace"
        }
        return mistakes
    }

    private static func merge<Entry: SeedEntry>(
        _ new: [Entry], into entries: inout [Entry], what: String
    ) -> [SeedMistake] {
        var mistakes: [SeedMistake] = []
        var seen: [String: SeedPlace] = [:]
        var indices = Dictionary(
            entries.enumerated().map { ($0.element.identity, $0.offset) }, uniquingKeysWith: { first, _ in first })
        for entry in new {
            if let first = seen[entry.identity] {
                let message = "the \(what) \(entry.label) stands here twice, first at \(first)"
                mistakes.append(SeedMistake(place: entry.place, message: message))
            }
            seen[entry.identity] = entry.place
            if let index = indices[entry.identity] {
                entries[index] = entry
            } else {
                indices[entry.identity] = entries.count
                entries.append(entry)
            }
        }
        return mistakes
    }

    private static func namesTwice(
        _ names: [(String, SeedPlace)], _ message: (String) -> String
    ) -> [SeedMistake] {
        var seen: Set<String> = []
        return names.filter { !seen.insert($0.0).inserted }.map { SeedMistake(place: $0.1, message: message($0.0)) }
    }

    /// Builds the snapshot that calls are answered from.
    ///
    /// - Throws: ``SeedError`` for scripts that name what the workspace lacks.
    func compiled() throws(SeedError) -> Catalog {
        let builtin = HardcodedProviders.all + plugins.map(\.provider)
        let tools = builtin.flatMap(\.tools) + workflows.map(\.tool) + apis.flatMap(\.provider.tools)
        let resolution = ScriptResolution(tools: tools)
        var mistakes: [SeedMistake] = []
        var resolved: [Script] = []
        for (position, entry) in scripts.enumerated() {
            switch resolution.resolve(entry, position: position) {
            case .success(let script): resolved.append(script)
            case .failure(let mistake): mistakes.append(mistake)
            }
        }
        guard mistakes.isEmpty else { throw SeedError(mistakes) }
        return Catalog(
            builtin: builtin, workflows: workflows.map { ($0.id, $0.tool) }, apis: apis.map(\.provider), tools: tools,
            scripts: resolved, seed: seed)
    }
}

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

extension PluginEntry: SeedEntry {
    var identity: String { provider.id }
    var label: String { provider.id }
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
