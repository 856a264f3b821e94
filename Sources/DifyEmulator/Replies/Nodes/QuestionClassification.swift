import DifyProtocol

/// The answer of Dify's question classifier (`QuestionClassifierNode`).
enum QuestionClassification {
    /// The answer for the class at a position.
    ///
    /// - Returns: nil without classes. Dify's node breaks on an empty list: ``NodeAnswer/failure``.
    static func answer(_ call: QuestionClassifierInvocation, position: Int, usage: ModelUsage) -> JSONObject? {
        guard call.classes.indices.contains(position) else { return nil }
        let (chosen, model) = (call.classes[position], call.model)
        return NodeAnswer.maps(
            processData: [
                "model_mode": .string(model.mode), "prompts": .array(prompts(of: call)),
                "usage": .object(usage.platform()), "finish_reason": "stop",
                "model_provider": .string(model.provider), "model_name": .string(model.name),
            ],
            outputs: [
                "class_name": .string(chosen.name),
                // What Dify makes up for a class without a label; these calls carry none.
                "class_label": .string("CLASS \(position + 1)"),
                "class_id": .string(chosen.id), "usage": .object(usage.platform()),
            ],
            inputs: [
                "query": .string(call.query), "model_provider": .string(model.provider),
                "model_name": .string(model.name),
            ])
    }

    /// The position of the first class whose name occurs in the query, in any case; the first class when none does,
    /// which is what Dify takes when it cannot read its model's answer.
    static func position(for call: QuestionClassifierInvocation) -> Int {
        let query = call.query.lowercased()
        return call.classes.firstIndex { query.contains($0.name.lowercased()) } ?? 0
    }

    /// The position of the class with this name or id; nil when there is none.
    static func position(of nameOrID: String, in classes: [QuestionClass]) -> Int? {
        classes.firstIndex { $0.name == nameOrID } ?? classes.firstIndex { $0.id == nameOrID }
    }

    // MARK: - Tokens

    /// What the model is asked, for counting its tokens.
    static func promptText(of call: QuestionClassifierInvocation) -> String { NodeAnswer.text(of: prompts(of: call)) }

    /// What the model answers, for counting its tokens.
    static func completionText(_ chosen: QuestionClass) -> String {
        JSONValue.object(["category_id": .string(chosen.id), "category_name": .string(chosen.name)]).description
    }

    private static func prompts(of call: QuestionClassifierInvocation) -> [JSONValue] {
        let classes = call.classes.map { "\($0.id): \($0.name)" }.joined(separator: "\n")
        return NodeAnswer.prompts(
            system: "Say which of these classes the user's text belongs to.\n\(classes)",
            instruction: call.instruction, user: call.query)
    }
}
