import DifyProtocol

/// What the answers of both workflow nodes have in common.
enum NodeAnswer {
    /// How a node fails: the platform leaves all three maps empty, which the daemon does not take. The cause is lost.
    static func failure(of type: InvocationType) -> ReplyFailure {
        let complaints = ["ProcessData", "Outputs", "Inputs"].map { field in
            "Key: 'InvokeNodeResponse.\(field)' Error:Field validation for '\(field)' failed on the 'required' tag"
        }
        let text = type.failure(daemon: "validate request failed: " + complaints.joined(separator: "\n")).text
        return ReplyFailure(text, cause: .answer(["inputs": .null, "outputs": .null, "process_data": .null]))
    }

    /// The answer, in the platform's order.
    static func maps(processData: JSONObject, outputs: JSONObject, inputs: JSONObject) -> JSONObject {
        ["inputs": .object(inputs), "outputs": .object(outputs), "process_data": .object(processData)]
    }

    /// What the model was asked, as Dify keeps it. The texts are the emulator's own.
    static func prompts(system: String, instruction: String, user: String) -> [JSONValue] {
        let system = instruction.isEmpty ? system : "\(system)\n\(instruction)"
        return [("system", system), ("user", user)].map { role, text in
            ["role": .string(role), "text": .string(text), "files": []]
        }
    }

    /// The texts of prompts, which decide how many tokens they take.
    static func text(of prompts: [JSONValue]) -> String {
        prompts.compactMap { $0["text"]?.string }.joined(separator: "\n")
    }
}
