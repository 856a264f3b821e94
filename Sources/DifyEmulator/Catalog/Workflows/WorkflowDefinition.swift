import DifyProtocol

/// A published version of an app's workflow, as far as a tool made of it shows.
struct WorkflowDefinition: Sendable {
    /// The start node's variables.
    var variables: [AppInput] = []
    /// What the end nodes declare, in the order of the nodes.
    var outputs: [WorkflowOutput] = []
    /// Why Dify cannot read what an end node declares: it looks at the parameters first.
    var outputMistake: Refusal?
    /// The switch for files; nil when it is off.
    var fileUpload: FileUpload?
    /// Whether a node waits for a person.
    var hasHumanInput = false
    /// The workflow tools that every run calls, in order.
    var calls: [NestedWorkflow] = []
}

extension WorkflowDefinition {
    /// Reads a workflow's graph and features as Dify stores them (`WorkflowToolConfigurationUtils`).
    ///
    /// - Throws: ``Refusal`` with the text that Dify gives for what it cannot read.
    init(graph: JSONValue, features: JSONValue) throws(Refusal) {
        do throws(PydanticReport) {
            fileUpload = try FileUpload(feature: features["file_upload"])
        } catch {
            throw .invalidParameter(error.text)
        }
        let nodes = try WorkflowGraph(graph)
        hasHumanInput = nodes.all.contains { $0.type == "human-input" }
        calls = nodes.certainCalls
        do {
            outputs = try Self.outputs(of: nodes)
        } catch {
            outputMistake = error
        }
        guard let start = nodes.all.first(where: { $0.type == "start" }) else { return }
        for variable in try start.list("variables") {
            variables.append(try Self.refusing { () throws(PydanticReport) in try AppInput(variable: variable) })
        }
    }

    private static func outputs(of nodes: WorkflowGraph) throws(Refusal) -> [WorkflowOutput] {
        var outputs: [WorkflowOutput] = []
        for node in nodes.all where node.type == "end" {
            for entity in try node.list("outputs") {
                outputs.append(try refusing { () throws(PydanticReport) in try WorkflowOutput(entity: entity) })
            }
        }
        return outputs
    }

    private static func refusing<Value>(_ read: () throws(PydanticReport) -> Value) throws(Refusal) -> Value {
        do {
            return try read()
        } catch {
            throw .invalidParameter(error.text)
        }
    }
}

extension CatalogApp {
    /// The workflow that a workflow app of the workspace runs; nil for other apps.
    var definition: WorkflowDefinition? {
        guard mode == .workflow else { return nil }
        return WorkflowDefinition(
            variables: inputs, outputs: nodes.filter { $0.type == "end" }.flatMap(\.declaredOutputs),
            hasHumanInput: nodes.contains { $0.type == "human-input" })
    }
}

extension AppNode {
    /// What an end node gives, by the kind of the values that the seed names.
    fileprivate var declaredOutputs: [WorkflowOutput] {
        outputs.map { name, value in
            switch value {
            case .string: WorkflowOutput(name: name, type: .string)
            case .number: WorkflowOutput(name: name, type: .number)
            case .bool: WorkflowOutput(name: name, type: .boolean)
            case .object: WorkflowOutput(name: name, type: .object)
            case .null, .array: WorkflowOutput(name: name)
            }
        }
    }
}
