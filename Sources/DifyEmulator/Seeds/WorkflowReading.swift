import DifyOpenAPI
import DifyProtocol

/// Workflow tools as seeds write them.
extension SeedReader {
    /// - Parameters:
    ///   - profile: The release of Dify by whose rules the workflow is published.
    ///   - read: Gives the text of a file that the seed names; nil for an entry of the store, which names none.
    mutating func workflow(
        _ node: SeedNode, seed: Int, profile: Profile = .current,
        read: ((String) -> Result<String, SeedFileError>)? = nil
    ) -> WorkflowEntry? {
        guard members(node, of: "a workflow", keys: Self.workflowKeys) != nil else { return nil }
        let name = workflowName(of: node)
        let id = providerID(of: node, derivedFrom: "workflow", name, seed: seed)
        var source = WorkflowSource(place: node.place)
        if let from = node["from"] {
            guard let file = workflowFile(from, profile: profile, read: read) else { return nil }
            source = file.source
            if let variables = node["variables"] {
                fail(variables, "the variables are those of the file in \"from\"; leave one of the two out")
            }
        }
        add(node, to: &source)
        let card = card(of: node, id: id, name: name, seed: seed, source: source)
        let configuration = configuration(of: node, source: &source)
        let answer = answer(of: node, under: "reply", for: .tool(.workflow)).map(CannedAnswer.items)
        let workflow: PublishedWorkflow
        do throws(Refusal) {
            workflow = try PublishedWorkflow(
                source.definition, as: card, configuration: configuration, profile: profile)
        } catch {
            fail(at: source.place(of: error), "Dify does not publish this workflow as a tool: \(error.message)")
            return nil
        }
        let tool = CatalogTool(
            identity: ToolIdentity(kind: .workflow, provider: id.description, tool: name), providerName: name,
            description: card.description, parameters: workflow.parameters, workflow: workflow, answer: answer)
        let definition = node["from"] == nil ? node.json : workflow.entry(answeringLike: node.json)
        return WorkflowEntry(id: id, tool: tool, definition: definition.with("id", id.description), place: node.place)
    }

    private static let workflowKeys = [
        "name", "id", "label", "description", "icon", "app", "version", "from", "file_upload", "variables",
        "parameters", "outputs", "privacy_policy", "labels", "calls", "reply", "sequence", "then",
    ]

    private mutating func workflowName(of node: SeedNode) -> String {
        let name = requiredText("name", of: node, "a workflow")
        if !name.isEmpty, let complaint = WorkflowToolName.complaint(about: name) {
            let rule = "Dify names workflow tools with a-z A-Z 0-9 and _ only; not \"\(name)\""
            fail(node["name"] ?? node, "\(rule): \(complaint)")
        }
        return name
    }

    private mutating func card(
        of node: SeedNode, id: ProviderUUID, name: String, seed: Int, source: WorkflowSource
    ) -> PublishedWorkflow.Card {
        // A workflow belongs to the app with its name, unless the seed says otherwise.
        var appID = ProviderUUID(seed: seed, "app", name)
        if let text = optionalText("app", of: node) {
            if let id = ProviderUUID(text) {
                appID = id
            } else {
                fail(node["app"] ?? node, "\"app\" is the id of the workflow's app, a UUID; not \"\(text)\"")
            }
        }
        return PublishedWorkflow.Card(
            id: id, appID: appID, name: name, label: optionalText("label", of: node) ?? source.label ?? name,
            description: optionalText("description", of: node) ?? source.description ?? "",
            icon: icon(of: node) ?? source.icon ?? ["background": "#FFEAD5", "content": "🤖"],
            privacyPolicy: optionalText("privacy_policy", of: node) ?? "", labels: texts("labels", of: node),
            version: optionalText("version", of: node) ?? "2025-01-01 00:00:00.000000")
    }

    // MARK: - The workflow

    /// What the entry itself says of the workflow.
    private mutating func add(_ node: SeedNode, to source: inout WorkflowSource) {
        for variable in elements(node["variables"], of: "\"variables\"") {
            guard let input = startVariable(variable) else { continue }
            source.add(input, place: variable.place)
        }
        if let child = node["file_upload"], let upload = fileUpload(child) {
            source.definition.fileUpload = upload.isOn ? upload.upload : nil
        }
        if let outputs = node["outputs"] { source.definition.outputs = self.outputs(outputs) }
        if node["calls"] != nil {
            source.definition.calls = elements(node["calls"], of: "\"calls\"").compactMap { call($0) }
        }
    }

    /// A variable in the words of a start node.
    private mutating func startVariable(_ node: SeedNode) -> AppInput? {
        let keys = [
            "variable", "label", "type", "required", "description", "max_length", "options", "default", "hide", "hint",
            "placeholder", "allowed_file_types", "allowed_file_extensions", "allowed_file_upload_methods",
            "json_schema", "value_selector",
        ]
        guard members(node, of: "a variable", keys: keys) != nil else { return nil }
        do {
            return try AppInput(variable: node.json)
        } catch {
            fail(node, "Dify does not read this variable: \(error.text)")
            return nil
        }
    }

    /// `true`, `false`, or the switch as Dify's features write it.
    private mutating func fileUpload(_ node: SeedNode) -> (isOn: Bool, upload: FileUpload?)? {
        if let flag = node.json.bool { return (flag, .unrestricted) }
        let keys = [
            "enabled", "allowed_file_types", "allowed_file_extensions", "allowed_file_upload_methods", "number_limits",
        ]
        guard members(node, of: "\"file_upload\"", keys: keys) != nil else { return nil }
        do {
            let upload = try FileUpload(feature: node.json)
            return (upload != nil, upload)
        } catch {
            fail(node, "Dify does not read this switch: \(error.text)")
            return nil
        }
    }

    /// The types of the outputs, by name.
    private mutating func outputs(_ node: SeedNode) -> [WorkflowOutput] {
        guard case .map(let members) = node.value else {
            if !node.json.isNull { fail(node, "\"outputs\" is \(node.kind); it must be a mapping of names to types") }
            return []
        }
        return members.compactMap { member in
            if let type = member.value.json.string.flatMap(WorkflowOutput.OutputType.init(name:)) {
                return WorkflowOutput(name: member.key, type: type)
            }
            let known = WorkflowOutput.OutputType.allCases.map(\.rawValue).joined(separator: ", ")
            fail(member.value, "there is no type of outputs \(member.value.json.description); known are \(known)")
            return nil
        }
    }

    /// The name or the id of another workflow, or a mapping that also says what the calling node calls it.
    private mutating func call(_ node: SeedNode) -> NestedWorkflow? {
        guard case .map = node.value else {
            return text(node, what: "a call").map { NestedWorkflow(provider: $0) }
        }
        guard members(node, of: "a call", keys: ["provider", "label"]) != nil else { return nil }
        return NestedWorkflow(
            provider: requiredText("provider", of: node, "a call"), label: optionalText("label", of: node))
    }
}
