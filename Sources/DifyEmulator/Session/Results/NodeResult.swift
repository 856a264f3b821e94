public import DifyProtocol

/// What a workflow node did.
public struct NodeResult: Sendable, Hashable {
    /// How the node came to its result: prompts, usage, the model's answer.
    public let processData: JSONObject
    /// What the node was given.
    public let inputs: JSONObject
    /// The result.
    public let outputs: JSONObject

    /// Reads the daemon's form.
    ///
    /// - Returns: nil where the SDK's own class refuses the data.
    public init?(wire: JSONValue) {
        guard let processData = wire["process_data"]?.object, let inputs = wire["inputs"]?.object,
            let outputs = wire["outputs"]?.object
        else { return nil }
        self.processData = processData
        self.inputs = inputs
        self.outputs = outputs
    }
}
