package import DifyProtocol

/// `tool-provider/workflow/…` (`api/services/tools/workflow_tools_manage_service.py`).
extension DifyConsole {
    /// `POST create`
    package func createWorkflowTool(payload: JSONValue) throws -> JSONValue {
        let payload = try ConsolePayload.workflowCreate.read(payload)
        try platform.addWorkflowTool(
            WorkflowToolDefinition(payload), ofApp: try Self.id("workflow_app_id", in: payload), to: workspace)
        return Self.success
    }

    /// `POST update`
    package func updateWorkflowTool(payload: JSONValue) throws -> JSONValue {
        let payload = try ConsolePayload.workflowUpdate.read(payload)
        try platform.updateWorkflowTool(
            try Self.id("workflow_tool_id", in: payload), to: WorkflowToolDefinition(payload), in: workspace)
        return Self.success
    }

    /// `POST delete`
    package func deleteWorkflowTool(payload: JSONValue) throws -> JSONValue {
        let payload = try ConsolePayload.workflowDelete.read(payload)
        try platform.removeWorkflowTool(try Self.id("workflow_tool_id", in: payload), from: workspace)
        return Self.success
    }

    /// `GET get`: by the tool's id or by the app's.
    package func workflowTool(query: JSONObject) throws -> JSONValue {
        let query = try ConsolePayload.workflowGet.read(.object(query))
        let byTool = query["workflow_tool_id"]?.string.flatMap { $0.isEmpty ? nil : $0 } != nil
        let id = try Self.id(byTool ? "workflow_tool_id" : "workflow_app_id", in: query)
        let found = workflowTools.first { tool in
            byTool ? tool.identity.provider == id : tool.workflow?.appID.description == id
        }
        guard let found, let workflow = found.workflow else { throw Refusal.invalidParameter("Tool not found") }
        return [
            "name": .string(workflow.name), "label": .string(workflow.label),
            "workflow_tool_id": .string(workflow.id.description),
            "workflow_app_id": .string(workflow.appID.description), "icon": .object(ConsoleIcon.valid(workflow.icon)),
            "description": .string(workflow.description),
            "parameters": .array(workflow.configuration.map(\.json)), "output_schema": .object(workflow.outputSchema),
            "tool": .object(toolItem(of: workflow)),
            // A workspace has one version of each app, which is the published one.
            "synced": true, "privacy_policy": .string(workflow.privacyPolicy),
        ]
    }

    /// `GET tools`
    package func workflowToolItems(query: JSONObject) throws -> JSONValue {
        let query = try ConsolePayload.workflowTools.read(.object(query))
        let id = try Self.id("workflow_tool_id", in: query)
        let found = workflowTools.first { $0.identity.provider == id }
        guard let workflow = found?.workflow else { throw Refusal.workflowToolNotFound(id) }
        return [.object(toolItem(of: workflow))]
    }

    /// An id of a checked payload in its normal form.
    ///
    /// - Throws: ``Refusal``: the database's complaint about an empty one shows as HTTP 500.
    private static func id(_ name: String, in payload: JSONObject) throws(Refusal) -> String {
        guard let id = payload[name]?.string.flatMap(PythonUUID.normalised) else { throw .internalServerError }
        return id
    }

    // MARK: - Items

    /// The workflow tools in the order of the workspace.
    var workflowTools: [CatalogTool] { catalog.tools.filter { $0.identity.kind == .workflow } }

    /// The item of a list.
    ///
    /// - Parameter showsApp: Whether the list tells the app.
    func item(of workflow: PublishedWorkflow, showsApp: Bool) -> ProviderItem {
        ProviderItem(
            id: workflow.id.description, author: ConsoleAccount.name, name: workflow.label,
            description: LocalizedText(workflow.description), icon: .object(ConsoleIcon.valid(workflow.icon)),
            label: LocalizedText(workflow.label), type: .workflow, labels: workflow.labels,
            workflowAppID: showsApp ? workflow.appID.description : nil)
    }

    func toolItem(of workflow: PublishedWorkflow) -> JSONObject {
        ToolItem(
            author: ConsoleAccount.name, name: workflow.name, label: LocalizedText(workflow.label),
            description: LocalizedText(workflow.description), parameters: workflow.parameters.map { $0.entity() },
            labels: workflow.labels, outputSchema: workflow.outputSchema
        ).json
    }
}

extension WorkflowToolDefinition {
    /// A tool as a checked payload holds it.
    init(_ payload: JSONObject) {
        self.init(
            name: payload["name"]?.string ?? "", label: payload["label"]?.string,
            description: payload["description"]?.string ?? "", icon: payload["icon"]?.object ?? [:],
            parameters: (payload["parameters"]?.array ?? []).map(PublishedWorkflow.Parameter.init(payload:)),
            privacyPolicy: payload["privacy_policy"]?.string ?? "",
            labels: (payload["labels"]?.array ?? []).compactMap(\.string),
            seedMembers: JSONObject(Self.seedMemberNames.compactMap { name in payload[name].map { (name, $0) } }))
    }
}

extension PublishedWorkflow.Parameter {
    fileprivate init(payload: JSONValue) {
        self.init(
            name: payload["name"]?.string ?? "", description: payload["description"]?.string ?? "",
            form: payload["form"]?.string.flatMap(ToolParameter.Form.init) ?? .llm)
    }
}
