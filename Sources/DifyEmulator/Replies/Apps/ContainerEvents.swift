import DifyProtocol

/// The events of a node that runs other nodes. Of these Dify tells no start and finish, but how the rounds go.
struct ContainerEvents: Sendable {
    let node: AppNode

    /// The events in order. An iteration has one round for each of its outputs, and none at all without any; a loop
    /// has one.
    func events(of run: AppRun, at elapsed: Duration) -> [JSONObject] {
        let isLoop = node.type == "loop"
        let outputs = node.outputs["output"]?.array ?? []
        let rounds = isLoop ? 1 : outputs.count
        guard rounds > 0 else { return [] }
        let inputs: JSONObject = isLoop ? ["loop_count": 1] : ["iterator_selector": .array(outputs)]
        let start: JSONObject = [
            "inputs": .object(inputs), "inputs_truncated": false,
            "metadata": .object(["\(node.type)_length": .integer(rounds)]),
        ]
        // An iteration tells each round before it, a loop each one after it.
        let indices = isLoop ? 1..<2 : 0..<rounds
        return [event("started", start, run, elapsed)]
            + indices.map { index in
                let next: JSONObject = ["index": .integer(index)]
                return event("next", isLoop ? next.merging(["pre_loop_output": [:]]) : next, run, elapsed)
            }
            + [event("completed", completion(inputs, rounds: rounds, run, elapsed), run, elapsed)]
    }

    private func completion(_ inputs: JSONObject, rounds: Int, _ run: AppRun, _ elapsed: Duration) -> JSONObject {
        let durations = JSONObject((0..<rounds).map { (String($0), JSONValue.integer(0)) })
        var metadata: JSONObject = [
            "\(node.type)_duration_map": .object(durations), "total_tokens": 0, "total_price": "0.0", "currency": "USD",
        ]
        if node.type == "loop" {
            metadata["loop_variable_map"] = ["0": .object(node.outputs)]
            metadata["completed_reason"] = "loop_completed"
        }
        return [
            "inputs": .object(inputs), "inputs_truncated": false, "outputs": .object(node.outputs),
            "outputs_truncated": false, "status": "succeeded", "error": .null, "elapsed_time": 0.0, "total_tokens": 0,
            "execution_metadata": .object(metadata), "finished_at": run.second(after: elapsed),
            "steps": .integer(rounds),
        ]
    }

    private func event(_ phase: String, _ own: JSONObject, _ run: AppRun, _ elapsed: Duration) -> JSONObject {
        let common: JSONObject = [
            "id": .string(node.id), "node_id": .string(node.id), "node_type": .string(node.type),
            "title": .string(node.title), "created_at": run.second(after: elapsed), "extras": [:],
        ]
        return run.event("\(node.type)_\(phase)", ["data": .object(common.merging(own))])
    }
}
