import DifyProtocol

/// What the nodes of a run take and give, as far as it has come.
struct NodeResults {
    let stream: WorkflowStream
    private var run: AppRun { stream.run }
    private var plan: NodePlan { stream.plan }

    init(stream: WorkflowStream) { self.stream = stream }

    /// The outputs of the whole run: the answer of a chatflow; of a workflow what its reply or its end names, else the
    /// text.
    var finalOutputs: JSONObject {
        let files = JSONValue.array(stream.files.map(\.variable))
        let terminal = plan.nodes[plan.terminal]
        if run.app.mode == .advancedChat {
            let answer: JSONObject = ["answer": .string(stream.text), "files": files]
            return answer.merging(terminal.outputs).merging(stream.outputs ?? [:])
        }
        var outputs = stream.outputs ?? terminal.outputs
        if outputs.isEmpty, !stream.text.isEmpty { outputs["text"] = .string(stream.text) }
        if !stream.files.isEmpty, outputs["files"] == nil { outputs["files"] = files }
        return outputs
    }

    func outcome(of index: Int) -> NodeExecution.Outcome {
        let node = plan.nodes[index]
        let inputs = inputs(of: node)
        if index == plan.terminal { return NodeExecution.Outcome(inputs: inputs, outputs: finalOutputs) }
        if index == plan.speaker, node.isModel { return modelOutcome(of: node, inputs: inputs) }
        switch node.type {
        case "start": return NodeExecution.Outcome(inputs: inputs, outputs: inputs.merging(node.outputs))
        case "answer":
            let empty: JSONObject = ["answer": "", "files": []]
            return NodeExecution.Outcome(inputs: inputs, outputs: empty.merging(node.outputs))
        default: return NodeExecution.Outcome(inputs: inputs, outputs: node.outputs)
        }
    }

    func inputs(of node: AppNode) -> JSONObject {
        switch node.type {
        case "start": run.startVariables
        case "answer": [:]
        case "end": finalOutputs
        default: node.isModel ? modelName.merging(run.inputs) : run.inputs
        }
    }

    private func modelOutcome(of node: AppNode, inputs: JSONObject) -> NodeExecution.Outcome {
        let usage = stream.metadata.usage
        let written: JSONObject = [
            "text": .string(stream.text), "usage": .object(usage), "finish_reason": "stop", "reasoning_content": "",
        ]
        let prompt: JSONValue = ["role": "user", "text": .string(run.query), "files": []]
        let process: JSONObject = [
            "model_mode": "chat", "prompts": run.query.isEmpty ? [] : [prompt], "usage": .object(usage),
            "finish_reason": "stop",
        ]
        let keys = ["total_tokens", "total_price", "currency"]
        return NodeExecution.Outcome(
            inputs: inputs, processData: process.merging(modelName), outputs: written.merging(node.outputs),
            metadata: JSONObject(keys.map { ($0, usage[$0] ?? .null) }))
    }

    private var modelName: JSONObject {
        guard let model = run.model else { return [:] }
        return ["model_provider": .string(model.provider), "model_name": .string(model.model)]
    }
}
