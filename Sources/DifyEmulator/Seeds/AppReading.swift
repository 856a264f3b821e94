import DifyProtocol

/// Apps as seeds write them.
extension SeedReader {
    mutating func app(_ node: SeedNode, seed: Int) -> AppEntry? {
        let keys = [
            "id", "name", "mode", "description", "inputs", "parameters", "nodes", "reply", "sequence", "then",
        ]
        guard members(node, of: "an app", keys: keys) != nil else { return nil }
        let name = requiredText("name", of: node, "an app")
        guard node["mode"] != nil else {
            fail(node, "an app needs \"mode\": \(CatalogApp.Mode.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        guard let mode = word("mode", of: node, as: CatalogApp.Mode.self), !name.isEmpty else { return nil }
        let id = providerID(of: node, derivedFrom: "app", name, seed: seed)
        let inputs = elements(node["inputs"], of: "\"inputs\"")
        let form = inputs.compactMap { appInput($0) }
        reportTwice(form.map(\.name), in: inputs, what: "input")
        let app = CatalogApp(
            id: id, name: name, mode: mode, inputs: form, parameters: mapping("parameters", of: node),
            nodes: appNodes(of: node, mode: mode), description: optionalText("description", of: node) ?? "")
        let reply = answer(of: node, under: "reply", for: .call(.app))
        checkWords(of: reply, fit: mode, at: node["reply"] ?? node["sequence"] ?? node)
        return AppEntry(
            identity: id.description, label: "\"\(name)\"",
            value: InstalledApp(app: app, reply: reply, nodeOutputs: nodeOutputs(of: node)),
            definition: node.json.with("id", id.description), place: node.place)
    }

    /// A mapping that may be absent.
    mutating func mapping(_ key: String, of node: SeedNode) -> JSONObject {
        guard let child = node[key], !child.json.isNull else { return [:] }
        guard let object = child.json.object else {
            fail(child, "\"\(key)\" is \(child.kind); it must be a mapping")
            return [:]
        }
        return object
    }

    private mutating func appInput(_ node: SeedNode) -> AppInput? {
        let keys = ["name", "variable", "type", "label", "required", "max_length", "options", "default"]
        guard members(node, of: "an input", keys: keys) != nil else { return nil }
        if node["name"] != nil, let variable = node["variable"] {
            fail(variable, "\"name\" and \"variable\" are two words for one thing; leave one out")
        }
        let name =
            node["variable"] == nil
            ? requiredText("name", of: node, "an input") : requiredText("variable", of: node, "an input")
        let options = elements(node["options"], of: "\"options\"").map { PythonText.str($0.json) }
        let type = word("type", of: node, as: AppInput.InputType.self) ?? .textInput
        if type == .select, options.isEmpty { fail(node, "the input \(name) is a select and needs \"options\"") }
        return AppInput(
            name: name, type: type, label: optionalText("label", of: node) ?? name,
            required: flag("required", of: node), maxLength: integer("max_length", of: node, in: 0...Int.max),
            options: options, defaultValue: node["default"]?.json ?? .null)
    }

    private mutating func appNodes(of node: SeedNode, mode: CatalogApp.Mode) -> [AppNode] {
        let nodes = elements(node["nodes"], of: "\"nodes\"")
        if let list = node["nodes"], mode != .workflow, mode != .advancedChat, !nodes.isEmpty {
            fail(list, "\"nodes\" is for the modes workflow and advanced-chat; this app is \(mode.rawValue)")
        }
        let read = nodes.compactMap { appNode($0) }
        reportTwice(read.map(\.id), in: nodes, what: "node")
        return read
    }

    /// What nodes give, as templates, by the nodes' ids.
    private mutating func nodeOutputs(of node: SeedNode) -> [String: JSONTemplate] {
        guard case .list(let nodes) = node["nodes"]?.value else { return [:] }
        var templates: [String: JSONTemplate] = [:]
        for node in nodes {
            guard let id = node["id"]?.json.string, let outputs = node["outputs"] else { continue }
            templates[id] = jsonTemplate(outputs, what: "\"outputs\"")
        }
        return templates
    }

    private mutating func appNode(_ node: SeedNode) -> AppNode? {
        guard case .map = node.value else {
            guard let id = text(node, what: "a node") else { return nil }
            return AppNode(id: id, type: AppNode.type(ofName: id), title: id, outputs: [:])
        }
        guard members(node, of: "a node", keys: ["id", "type", "title", "outputs"]) != nil else { return nil }
        let id = requiredText("id", of: node, "a node")
        let type = optionalText("type", of: node) ?? AppNode.type(ofName: id)
        if !AppNode.types.contains(type) {
            let nearest = Nearest.matches(type, in: AppNode.types, limit: 1).first.map { "did you mean \"\($0)\"?" }
            let hint = nearest ?? "known are \(AppNode.types.sorted().joined(separator: ", "))"
            fail(node["type"] ?? node, "Dify has no node type \"\(type)\"; \(hint)")
        }
        return AppNode(
            id: id, type: type, title: optionalText("title", of: node) ?? id, outputs: mapping("outputs", of: node))
    }

    /// Words that only some modes know.
    private mutating func checkWords(of reply: ReplySequence?, fit mode: CatalogApp.Mode, at node: SeedNode) {
        for complaint in reply?.wordsThatDoNotFit(mode) ?? [] { fail(node, complaint) }
    }
}
