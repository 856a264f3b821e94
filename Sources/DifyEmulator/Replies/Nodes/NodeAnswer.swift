import DifyProtocol

/// What the answers of both workflow nodes have in common.
enum NodeAnswer {
    /// How the daemon refuses the answer of a node that failed: the platform leaves all three maps empty, and the
    /// cause is lost. Goes behind the call's prefix.
    static let failure =
        "validate request failed: "
        + ["ProcessData", "Outputs", "Inputs"].map { field in
            "Key: 'InvokeNodeResponse.\(field)' Error:Field validation for '\(field)' failed on the 'required' tag"
        }.joined(separator: "\n")

    /// The answer, in the order of the daemon's structure.
    static func maps(processData: JSONObject, outputs: JSONObject, inputs: JSONObject) -> JSONObject {
        [
            "process_data": .object(DaemonForm.sorted(processData)), "outputs": .object(DaemonForm.sorted(outputs)),
            "inputs": .object(DaemonForm.sorted(inputs)),
        ]
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
