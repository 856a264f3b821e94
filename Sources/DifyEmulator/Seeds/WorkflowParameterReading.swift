import DifyProtocol

/// The parameters of workflow tools as seeds write them.
extension SeedReader {
    /// The parameters that the tool is published with.
    ///
    /// Beside `variables`, they say which variables are parameters, and how; beside `from`, they say how for some of
    /// the file's variables, all of which are parameters; alone, each of them is a variable and a parameter in one.
    mutating func configuration(of node: SeedNode, source: inout WorkflowSource) -> [PublishedWorkflow.Parameter] {
        let nodes = elements(node["parameters"], of: "\"parameters\"")
        if node["variables"] != nil {
            guard node["parameters"] != nil else { return source.definition.suggestedConfiguration }
            return nodes.compactMap { choice($0, in: source) }
        }
        if node["from"] != nil {
            let choices = nodes.compactMap { choice($0, in: source) }
            reportTwice(choices.map(\.name), in: nodes, what: "parameter")
            return source.definition.suggestedConfiguration.overridden(by: choices)
        }
        var choices: [PublishedWorkflow.Parameter] = []
        for node in nodes {
            guard let (input, choice) = parameter(node) else { continue }
            if let input {
                source.add(input, place: node.place)
            } else if source.definition.fileUpload == nil {
                source.definition.fileUpload = .unrestricted
            }
            choices.append(choice)
        }
        reportTwice(choices.map(\.name), in: nodes, what: "parameter")
        return choices
    }

    /// How a variable is presented, and who fills it.
    private mutating func choice(_ node: SeedNode, in source: WorkflowSource) -> PublishedWorkflow.Parameter? {
        guard members(node, of: "a parameter", keys: ["name", "description", "form"]) != nil else { return nil }
        let choice = PublishedWorkflow.Parameter(
            name: requiredText("name", of: node, "a parameter"),
            description: optionalText("description", of: node) ?? "",
            form: word("form", of: node, as: ToolParameter.Form.self) ?? .llm)
        let variables = source.definition.variables.map(\.name)
        guard source.definition.fileUpload == nil, !variables.contains(choice.name), !choice.name.isEmpty else {
            return choice
        }
        let nearest = Nearest.matches(choice.name, in: variables, limit: 1).first.map { "did you mean \"\($0)\"?" }
        let hint = nearest ?? "its variables are \(variables.joined(separator: ", "))"
        fail(node, "the start node has no variable \"\(choice.name)\"; \(hint)")
        return nil
    }

    /// A parameter that is its own variable; no variable for files that belong to none.
    private mutating func parameter(_ node: SeedNode) -> (AppInput?, PublishedWorkflow.Parameter)? {
        let keys = [
            "name", "type", "label", "required", "form", "default", "options", "description", "llm_description",
            "max_length", "allowed_file_types", "allowed_file_extensions", "allowed_file_upload_methods",
        ]
        guard members(node, of: "a parameter", keys: keys) != nil else { return nil }
        let name = requiredText("name", of: node, "a parameter")
        let options = elements(node["options"], of: "\"options\"").compactMap { option($0) }
        let choice = PublishedWorkflow.Parameter(
            name: name, description: description(of: node),
            form: word("form", of: node, as: ToolParameter.Form.self) ?? .llm)
        if node["type"]?.json == .string(ToolParameter.ParameterType.systemFiles.rawValue) { return (nil, choice) }
        let type = inputType(of: node)
        checkDefault(of: node, type: type, options: options)
        let input = AppInput(
            name: name, type: type, label: optionalText("label", of: node) ?? name,
            required: flag("required", of: node), maxLength: integer("max_length", of: node, in: 0...Int.max),
            options: options, defaultValue: node["default"]?.json ?? .null, allowedFiles: allowedFiles(of: node))
        return (input, choice)
    }

    /// Models read what people read: a workflow's parameter has one description.
    private mutating func description(of node: SeedNode) -> String {
        let description = optionalText("description", of: node)
        let forModels = optionalText("llm_description", of: node)
        if let child = node["llm_description"], description != nil, forModels != nil {
            fail(child, "a workflow's parameter has one description, for people and models; leave this one out")
        }
        return description ?? forModels ?? ""
    }

    private mutating func option(_ node: SeedNode) -> String? {
        if case .scalar = node.value { return PythonText.str(node.json) }
        fail(node, "an option is \(node.kind); it must be text")
        return nil
    }

    private mutating func checkDefault(of node: SeedNode, type: AppInput.InputType, options: [String]) {
        guard type == .select, let value = node["default"], PythonText.isTruthy(value.json) else { return }
        if options.contains(where: { .string($0) == value.json }) { return }
        fail(value, "the default \(value.json) is not among the options; every call without a value would fail")
    }

    private mutating func allowedFiles(of node: SeedNode) -> AllowedFiles? {
        let keys = ["allowed_file_types", "allowed_file_extensions", "allowed_file_upload_methods"]
        guard keys.contains(where: { node[$0] != nil }) else { return nil }
        return AllowedFiles(
            types: words("allowed_file_types", of: node), extensions: texts("allowed_file_extensions", of: node),
            methods: words("allowed_file_upload_methods", of: node))
    }

    private mutating func words<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, of node: SeedNode
    ) -> [Word] {
        elements(node[key], of: "\"\(key)\"").compactMap { element in
            if let word = element.json.string.flatMap(Word.init(rawValue:)) { return word }
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            fail(element, "\"\(key)\" holds \(element.json.description); known are \(known)")
            return nil
        }
    }

    /// A start node's words for types, and those of the tool's parameters that are made of them.
    private mutating func inputType(of node: SeedNode) -> AppInput.InputType {
        guard let child = node["type"], !child.json.isNull else { return .textInput }
        let text = child.json.string ?? ""
        let toolTypes: [String: AppInput.InputType] = [
            "string": .paragraph, "boolean": .checkbox, "files": .fileList, "object": .jsonObject,
        ]
        if let type = AppInput.InputType(rawValue: text) ?? toolTypes[text] { return type }
        let known = AppInput.InputType.allCases.map(\.rawValue) + toolTypes.keys.sorted() + ["system-files"]
        fail(
            child,
            "a workflow's parameter cannot be \(child.json.description); known are \(known.joined(separator: ", "))")
        return .textInput
    }
}

extension [PublishedWorkflow.Parameter] {
    /// The parameters with others in place of those with their names, or behind them.
    fileprivate func overridden(by others: [PublishedWorkflow.Parameter]) -> [PublishedWorkflow.Parameter] {
        let own = Set(map(\.name))
        return map { parameter in others.last { $0.name == parameter.name } ?? parameter }
            + others.filter { !own.contains($0.name) }
    }
}
