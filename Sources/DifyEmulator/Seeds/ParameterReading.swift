import DifyProtocol

/// What entries of several kinds share: their parameters, their ids, lists of texts.
extension SeedReader {
    mutating func providerID(
        of node: SeedNode, derivedFrom kind: String, _ name: String, seed: Int
    ) -> ProviderUUID {
        let derived = ProviderUUID(seed: seed, kind, name)
        guard let text = optionalText("id", of: node) else { return derived }
        guard let id = ProviderUUID(text) else {
            fail(node["id"] ?? node, "\"id\" must be a UUID such as \(derived); not \"\(text)\"")
            return derived
        }
        return id
    }

    mutating func parameters(of node: SeedNode, for kind: ToolKind) -> [ToolParameter] {
        let nodes = elements(node["parameters"], of: "\"parameters\"")
        let parameters = nodes.compactMap { parameter($0, for: kind) }
        reportTwice(parameters.map(\.name), in: nodes, what: "parameter")
        return parameters
    }

    private mutating func parameter(_ node: SeedNode, for kind: ToolKind) -> ToolParameter? {
        let keys = ["name", "type", "required", "form", "default", "options", "description", "llm_description"]
        guard members(node, of: "a parameter", keys: keys) != nil else { return nil }
        let description = optionalText("description", of: node)
        let options = elements(node["options"], of: "\"options\"").compactMap { option -> String? in
            if case .scalar = option.value { return PythonText.str(option.json) }
            fail(option, "an option is \(option.kind); it must be text")
            return nil
        }
        if let value = node["default"], PythonText.isTruthy(value.json), node["type"]?.json == "select",
            !options.contains(where: { .string($0) == value.json })
        {
            fail(value, "the default \(value.json) is not among the options; every call without a value would fail")
        }
        return ToolParameter(
            name: requiredText("name", of: node, "a parameter"), type: parameterType(of: node, for: kind),
            required: flag("required", of: node), form: word("form", of: node, as: ToolParameter.Form.self) ?? .llm,
            defaultValue: node["default"]?.json ?? .null, options: options, humanDescription: description ?? "",
            llmDescription: optionalText("llm_description", of: node) ?? description)
    }

    /// A tool's words for types, and those of a workflow's start node.
    private mutating func parameterType(of node: SeedNode, for kind: ToolKind) -> ToolParameter.ParameterType {
        guard let child = node["type"], !child.json.isNull else { return .string }
        let startNodeTypes: [String: ToolParameter.ParameterType] = [
            "text-input": .string, "paragraph": .string, "file-list": .files, "json_object": .object,
        ]
        let text = child.json.string ?? ""
        if kind == .workflow, text == "checkbox" { return .boolean }
        if let type = ToolParameter.ParameterType(rawValue: text) ?? startNodeTypes[text] { return type }
        let known = ToolParameter.ParameterType.allCases.map(\.rawValue) + startNodeTypes.keys.sorted()
        fail(child, "there is no parameter type \(child.json.description); known are \(known.joined(separator: ", "))")
        return .string
    }

    mutating func reportTwice(_ names: [String], in nodes: [SeedNode], what: String) {
        var seen: Set<String> = []
        for (name, node) in zip(names, nodes) where !seen.insert(name).inserted {
            fail(node, "the \(what) \"\(name)\" stands here twice")
        }
    }

    /// A list of texts; empty when absent.
    mutating func texts(_ key: String, of node: SeedNode) -> [String] {
        elements(node[key], of: "\"\(key)\"").compactMap { text($0, what: "an element of \"\(key)\"") }
    }
}

extension JSONValue {
    /// The object with one more text member, or another value for it.
    func with(_ key: String, _ text: String) -> JSONValue {
        guard case .object(var object) = self else { return self }
        object[key] = .string(text)
        return .object(object)
    }
}
