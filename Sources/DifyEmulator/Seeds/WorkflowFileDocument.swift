import DifyOpenAPI
import DifyProtocol

/// The text of an exported app as Dify reads it, with the places of its parts.
struct WorkflowFileDocument {
    /// A step from a value to one inside it.
    enum Step: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        case key(String)
        case index(Int)

        init(stringLiteral key: String) { self = .key(key) }
        init(integerLiteral index: Int) { self = .index(index) }
    }

    /// A mapping.
    let root: DocumentValue
    private let node: YAMLNode
    private let file: String

    /// - Throws: ``SeedMistake`` with Dify's text for what is no mapping in YAML.
    init(_ text: String, file: String) throws(SeedMistake) {
        let parsed: (node: YAMLNode, value: DocumentValue)?
        do throws(YAMLSyntaxError) {
            parsed = try Self.parsed(text)
        } catch {
            let place = SeedPlace(file: file, line: error.place.line, column: error.place.column)
            throw SeedMistake(place: place, message: "Invalid YAML format: \(error.pythonText)")
        }
        guard let parsed, parsed.value.map != nil else {
            throw SeedMistake(file: file, message: "Invalid YAML format: content must be a mapping")
        }
        self.file = file
        (node, root) = parsed
    }

    private static func parsed(_ text: String) throws(YAMLSyntaxError) -> (node: YAMLNode, value: DocumentValue)? {
        guard let node = try YAMLComposer.compose(text) else { return nil }
        return (node, try PyYAMLSchema.value(of: node))
    }

    // MARK: - Places

    /// A mistake in the value to which the steps lead, or in what is there of them.
    func mistake(at path: [Step], _ message: String) -> SeedMistake {
        SeedMistake(place: place(path), message: message)
    }

    func place(_ path: [Step]) -> SeedPlace {
        var node = node
        for step in path {
            guard let next = Self.value(step, in: node) else { break }
            node = next
        }
        return SeedPlace(file: file, line: node.place.line, column: node.place.column)
    }

    private static func value(_ step: Step, in node: YAMLNode) -> YAMLNode? {
        switch (step, node) {
        case (.key(let key), .mapping(let entries, _, _)):
            entries.last { entry in
                if case .scalar(let scalar) = entry.key { scalar.text == key } else { false }
            }?.value
        case (.index(let index), .sequence(let elements, _, _)):
            elements.indices.contains(index) ? elements[index] : nil
        default: nil
        }
    }
}

// MARK: - Parts

extension WorkflowFileDocument {
    /// What the file says of the app itself.
    ///
    /// - Throws: ``SeedMistake`` with Dify's text when it says nothing.
    func app() throws(SeedMistake) -> DocumentValue {
        guard let app = root["app"], app.isTruthy else {
            throw mistake(at: [], "Missing app data in YAML content")
        }
        return app
    }

    /// The app's workflow.
    ///
    /// - Throws: ``SeedMistake`` for an app without one, with Dify's text, and for one of a mode that Dify publishes no
    ///   tools of.
    func workflow(of app: DocumentValue) throws(SeedMistake) -> DocumentValue {
        guard let mode = app["mode"], mode.isTruthy else { throw mistake(at: ["app"], "loss app mode") }
        switch mode.text {
        case "workflow": break
        case "advanced-chat", "chat", "agent-chat", "completion", "channel", "rag-pipeline", "agent":
            let name = mode.text == "advanced-chat" ? "a chatflow (advanced-chat)" : "a \(mode.text ?? "") app"
            throw mistake(
                at: ["app", "mode"], "this is \(name), and Dify publishes only apps of mode workflow as tools")
        default: throw mistake(at: ["app", "mode"], "\(mode.pythonRepr) is not a valid AppMode")
        }
        guard let workflow = root["workflow"], workflow.isTruthy, workflow.map != nil else {
            throw mistake(at: ["workflow"], "Missing workflow data for workflow/advanced chat app")
        }
        return workflow
    }

    /// Checks the environment's and the conversation's variables as an import does.
    ///
    /// - Throws: ``SeedMistake`` with Dify's text.
    func checkVariables(of workflow: DocumentValue) throws(SeedMistake) {
        for key in ["environment_variables", "conversation_variables"] {
            guard let value = workflow[key] else { continue }
            let path: [Step] = ["workflow", .key(key)]
            guard let list = value.list else {
                throw mistake(at: path, "'\(value.pythonType)' object is not iterable")
            }
            for (index, variable) in list.enumerated() {
                guard let complaint = Self.complaint(about: variable) else { continue }
                throw mistake(at: path + [.index(index)], complaint)
            }
        }
    }

    private static func complaint(about variable: DocumentValue) -> String? {
        guard variable["name"]?.isTruthy == true else { return "missing name" }
        guard let type = variable["value_type"], type != .null else { return "missing value type" }
        guard let value = variable["value"], value != .null else { return "missing value" }
        switch type.text {
        case "string", "secret", "boolean": return nil
        case "number", "integer", "float":
            if case .number = value { return nil }
            return type.text == "number"
                ? "invalid number value \(value.text ?? value.pythonRepr)" : unsupported(type)
        case "object": return value.map == nil ? unsupported(type) : nil
        case "array[string]", "array[number]", "array[object]", "array[boolean]":
            return value.list == nil ? unsupported(type) : nil
        default: return unsupported(type)
        }
    }

    private static func unsupported(_ type: DocumentValue) -> String {
        "not supported value type \(type.text ?? type.pythonRepr)"
    }
}
