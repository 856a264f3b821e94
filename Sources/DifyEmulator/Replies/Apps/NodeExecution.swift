import DifyProtocol

/// One execution of a node, and the data of the two events about it (`WorkflowResponseConverter`).
struct NodeExecution: Sendable {
    let node: AppNode
    let id: String
    /// The time of the run at which it began.
    let began: Duration

    /// How an execution ended.
    struct Outcome: Sendable {
        var inputs: JSONObject = [:]
        var processData: JSONObject = [:]
        var outputs: JSONObject = [:]
        /// What it cost, for models.
        var metadata: JSONObject?
        /// Why it failed; nil for one that succeeded.
        var error: String?
    }

    /// The `data` of `node_started`.
    func started(in run: AppRun) -> JSONObject {
        common(in: run).merging(["inputs": .null, "agent_strategy": .null, "extras": [:]])
    }

    /// The `data` of `node_finished`. Calls by plugins see everything: nothing is truncated.
    func finished(_ outcome: Outcome, at elapsed: Duration, in run: AppRun) -> JSONObject {
        common(in: run).merging([
            "inputs": .object(outcome.inputs), "process_data": .object(outcome.processData),
            "process_data_truncated": false, "outputs": .object(outcome.outputs), "outputs_truncated": false,
            "status": outcome.error == nil ? "succeeded" : "failed",
            "error": outcome.error.map(JSONValue.string) ?? .null, "elapsed_time": (elapsed - began).elapsedTime,
            "execution_metadata": outcome.metadata.map(JSONValue.object) ?? .null,
            "finished_at": run.second(after: elapsed), "files": .array(FileVariable.files(in: outcome.outputs)),
        ])
    }

    /// Since its engine of 2025, Dify no longer counts the nodes: the index is always 1.
    private func common(in run: AppRun) -> JSONObject {
        [
            "id": .string(id), "node_id": .string(node.id), "node_type": .string(node.type),
            "title": .string(node.title), "index": 1, "predecessor_node_id": .null, "inputs_truncated": false,
            "created_at": run.second(after: began), "iteration_id": .null, "loop_id": .null,
        ]
    }
}
