import DifyOpenAPI
import DifyProtocol

/// The entries of a workspace in their order, whether they come from the store or from a seed.
struct WorkspaceEntries: Sendable {
    var seed: Int
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

    /// Takes a seed's entries in: an entry replaces the one with its identity, others are appended.
    ///
    /// - Returns: What does not go together. The entries are then not to be used.
    mutating func merge(_ document: SeedDocument) -> [SeedMistake] {
        var mistakes: [SeedMistake] = []
        mistakes += Self.merge(document.plugins, into: &plugins, what: "plugin provider")
        mistakes += Self.merge(document.workflows, into: &workflows, what: "workflow")
        mistakes += Self.merge(document.apis, into: &apis, what: "API")
        mistakes += Self.merge(document.models, into: &models, what: "model")
        mistakes += Self.merge(document.apps, into: &apps, what: "app")
        mistakes += Self.merge(document.users, into: &users, what: "user")
        mistakes += Self.merge(document.callers, into: &callers, what: "caller")
        mistakes += Self.merge(document.flagged, into: &flagged, what: "moderation")
        mistakes += Self.merge(document.transcripts, into: &transcripts, what: "transcript")
        mistakes += Self.merge(document.storage, into: &storage, what: "stored value")
        mistakes += Self.merge(document.conversations, into: &conversations, what: "conversation")
        mistakes += Self.merge(document.scripts, into: &scripts, what: "script")
        mistakes += Self.namesTwice(workflows.map { ($0.tool.providerName, $0.place) }) {
            "Tool with name \($0) already exists, with another id: give the entry that id, or load with --replace"
        }
        mistakes += workflowMistakes
        mistakes += Self.namesTwice(apps.map { ($0.value.app.name, $0.place) }) {
            "app \($0) already exists, with another id: give one of them another name, or load with --replace"
        }
        mistakes += Self.namesTwice(apis.map { ($0.provider.name, $0.place) }) {
            "provider \($0) already exists, with another id: give the entry that id, or load with --replace"
        }
        return mistakes
    }

    /// Workflow tools of one app, and calls of tools that the workspace lacks.
    private var workflowMistakes: [SeedMistake] {
        var apps: Set<ProviderUUID> = []
        var mistakes: [SeedMistake] = []
        for entry in workflows {
            guard let workflow = entry.tool.workflow else { continue }
            if !apps.insert(workflow.appID).inserted {
                let message = "Tool with name \(workflow.name) or app_id \(workflow.appID) already exists"
                mistakes.append(SeedMistake(place: entry.place, message: message))
            }
            // An id may be that of a workflow in the Dify that a file was exported from; a name is a seed's own.
            let unknown = workflow.calls.map(\.provider).filter { provider in
                ProviderUUID(provider) == nil && !workflows.contains { $0.tool.providerName == provider }
            }
            mistakes += unknown.map { provider in
                let message = "\(workflow.name) calls the workflow \"\(provider)\", which the workspace lacks"
                return SeedMistake(place: entry.place, message: message)
            }
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
    /// - Throws: ``SeedError`` for entries that name what the workspace lacks.
    func compiled() throws(SeedError) -> Catalog {
        let builtin = HardcodedProviders.all + plugins.map(\.provider)
        let tools = builtin.flatMap(\.tools) + workflows.map(\.tool) + apis.flatMap(\.provider.tools)
        let installed = apps.map(\.value)
        var mistakes: [SeedMistake] = []
        let resolved = resolvedScripts(tools: tools, mistakes: &mistakes)
        let state = state(apps: installed.map(\.app), mistakes: &mistakes)
        guard mistakes.isEmpty else { throw SeedError(mistakes) }
        return Catalog(
            builtin: builtin, workflows: workflows.map { ($0.id, $0.tool) }, apis: apis.map(\.provider), tools: tools,
            models: ModelCatalog(models.map(\.value)), apps: installed, scripts: resolved, state: state, seed: seed,
            profile: profile)
    }

    private func resolvedScripts(tools: [CatalogTool], mistakes: inout [SeedMistake]) -> [Script] {
        let resolution = ScriptResolution(tools: tools, models: models.map(\.value), apps: apps.map(\.value.app))
        var resolved: [Script] = []
        for (position, entry) in scripts.enumerated() {
            switch resolution.resolve(entry, position: position) {
            case .success(let script): resolved.append(script)
            case .failure(let mistake): mistakes.append(mistake)
            }
        }
        return resolved
    }

    private func state(apps: [CatalogApp], mistakes: inout [SeedMistake]) -> CatalogState {
        var conversations: [String: CatalogState.Conversation] = [:]
        for entry in self.conversations {
            guard let app = apps.first(where: { $0.isCalled(entry.value.app) }) else {
                let message = "the conversation names the app \"\(entry.value.app)\", which the workspace lacks"
                mistakes.append(SeedMistake(place: entry.place, message: message))
                continue
            }
            conversations[entry.identity] = .init(app: app.id, seeded: entry.value)
        }
        let stored = Dictionary(grouping: storage.map(\.value), by: \.plugin)
        return CatalogState(
            caller: callers.last?.value ?? .unnamed, users: users.map(\.value),
            permissions: Dictionary(
                plugins.compactMap { entry in entry.permission.map { (entry.pluginID, $0) } },
                uniquingKeysWith: { first, _ in first }),
            flagged: flagged.flatMap(\.value),
            transcripts: Dictionary(
                transcripts.map { ($0.identity, $0.value) }, uniquingKeysWith: { _, last in last }),
            storage: stored.mapValues { values in
                Dictionary(values.map { ($0.key, $0.bytes) }, uniquingKeysWith: { _, last in last })
            }, conversations: conversations)
    }
}
