import DifyProtocol

/// Workflow tools of a workspace, published, changed and removed while it is in use, with Dify's checks and texts.
extension Platform {
    /// Publishes the workflow of an app as a tool, as Dify's console does. An app has one tool at most.
    ///
    /// - Parameters:
    ///   - appID: An app of the workspace whose mode is `workflow`. Its inputs are what the parameters can name.
    ///   - workspace: Where the app is; nil for the default workspace.
    /// - Returns: The tool's id, by which plugins call it. Dify's console does not tell it.
    /// - Throws: ``Refusal`` with Dify's text (`App … not found`, `variable not found`, …), ``SeedError`` for members of
    ///   a seed that are wrong, ``StoreError``.
    @discardableResult
    public func addWorkflowTool(
        _ tool: WorkflowToolDefinition, ofApp appID: String, to workspace: Workspace? = nil
    ) throws -> ProviderUUID {
        try edit(workspace ?? defaultWorkspace) { edit in
            let published = edit.entries.workflows.compactMap(\.tool.workflow)
            guard !published.contains(where: { $0.name == tool.name || $0.appID.description == appID }) else {
                throw Refusal.invalidParameter("Tool with name \(tool.name) or app_id \(appID) already exists")
            }
            guard let app = edit.app(appID) else { throw Refusal.invalidParameter("App \(appID) not found") }
            guard let definition = app.definition else {
                throw Refusal.invalidParameter("Workflow not found for app \(appID)")
            }
            let id = ProviderUUID.free(
                seed: edit.entries.seed, "workflow", tool.name, taken: Set(published.map(\.id.description)))
            let card = tool.card(id: id, appID: app.id, version: PublishedWorkflow.onlyVersion)
            edit.added.workflows = [
                try tool.entry(
                    publishing: definition, as: card, seed: edit.entries.seed, profile: edit.entries.profile)
            ]
            return id
        }
    }

    /// Publishes a workflow tool anew, with the app's workflow as it is now.
    ///
    /// - Throws: ``Refusal`` with Dify's text, ``SeedError``, ``StoreError``.
    public func updateWorkflowTool(
        _ id: String, to tool: WorkflowToolDefinition, in workspace: Workspace? = nil
    ) throws {
        try edit(workspace ?? defaultWorkspace) { edit in
            let others = edit.entries.workflows.filter { $0.identity != id }
            guard !others.contains(where: { $0.tool.providerName == tool.name }) else {
                throw Refusal.invalidParameter("Tool with name \(tool.name) already exists")
            }
            guard let entry = edit.workflow(id), let earlier = entry.tool.workflow else {
                throw Refusal.workflowToolNotFound(id)
            }
            // A tool of a seed may have an app that is nothing but its id.
            let definition = edit.app(earlier.appID.description)?.definition ?? earlier.definition
            let card = tool.card(id: earlier.id, appID: earlier.appID, version: earlier.version)
            edit.added.workflows = [
                try tool.entry(
                    publishing: definition, as: card, seed: edit.entries.seed, profile: edit.entries.profile,
                    inPlaceOf: entry.definition.object ?? [:])
            ]
        }
    }

    /// Removes a workflow tool, and the scripts about it. That there is none is no mistake.
    ///
    /// - Throws: ``StoreError``.
    public func removeWorkflowTool(_ id: String, from workspace: Workspace? = nil) throws {
        try edit(workspace ?? defaultWorkspace) { edit in
            guard let entry = edit.workflow(id) else { return }
            edit.removed = [RemovedEntry(kind: .workflow, identity: entry.identity)]
        }
    }
}

extension WorkspaceEdit {
    fileprivate func app(_ id: String) -> CatalogApp? {
        entries.apps.first { $0.identity == id }?.value.app
    }

    fileprivate func workflow(_ id: String) -> WorkflowEntry? { entries.workflows.first { $0.identity == id } }
}

extension WorkflowToolDefinition {
    fileprivate func card(id: ProviderUUID, appID: ProviderUUID, version: String) -> PublishedWorkflow.Card {
        PublishedWorkflow.Card(
            id: id, appID: appID, name: name, label: label, description: description,
            icon: ConsoleIcon.valid(icon), privacyPolicy: privacyPolicy, labels: ToolLabels.known(labels),
            version: version)
    }

    /// The tool as an entry of a workspace.
    ///
    /// - Parameter earlier: The entry whose place it takes.
    /// - Throws: ``Refusal`` as Dify refuses, ``SeedError`` for seed members that are wrong.
    fileprivate func entry(
        publishing definition: WorkflowDefinition, as card: PublishedWorkflow.Card, seed: Int, profile: Profile,
        inPlaceOf earlier: JSONObject = [:]
    ) throws -> WorkflowEntry {
        let workflow = try PublishedWorkflow(definition, as: card, configuration: parameters, profile: profile)
        try ConsoleColumn.check(name, label, privacyPolicy, ConsoleColumn.json(icon))
        var answers = JSONObject(Self.seedMemberNames.compactMap { key in earlier[key].map { (key, $0) } })
        // One kind of answer takes the place of the other.
        if !seedMembers.isEmpty { answers = seedMembers }
        let node = SeedNode(json: workflow.entry(answeringLike: .object(answers)).with("id", card.id.description))
        var reader = SeedReader()
        guard let entry = reader.workflow(node, seed: seed, profile: profile), reader.mistakes.isEmpty else {
            throw SeedError(reader.mistakes)
        }
        return entry
    }
}

extension PublishedWorkflow {
    /// The version of an app's workflow: here an app has the one that it was seeded with.
    fileprivate static let onlyVersion = "2025-01-01 00:00:00.000000"
}

extension Refusal {
    /// A workflow tool that is looked for by its id and not there.
    static func workflowToolNotFound(_ id: String) -> Refusal { .invalidParameter("Tool \(id) not found") }
}
