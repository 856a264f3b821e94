import DifyProtocol

/// The messages that Dify makes of the outputs of a workflow run (`WorkflowTool`, 1.11.0 and later).
enum WorkflowOutputs {
    /// One variable for each output but `text`, `json` and `files`, then all outputs as JSON text, then as an object
    /// that agents do not show.
    static func messages(_ outputs: JSONObject) -> [ToolInvokeMessage] {
        let variables = outputs.filter { !["text", "json", "files"].contains($0.key) }
            .map { ToolInvokeMessage.variable($0.key, $0.value) }
        let whole = JSONValue.object(outputs)
        return variables + [
            .text(JSONWriter.string(whole, style: .python)), .json(whole, suppressOutput: true),
        ]
    }
}
