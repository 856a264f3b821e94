import DifyProtocol

/// The answer of Dify's parameter extractor, which calls its model with one function to be called
/// (`ParameterExtractorNode`, function-call mode).
enum ParameterExtraction {
    /// The answer to a model that found these values.
    ///
    /// - Parameters:
    ///   - found: The values; nil when the model found nothing and called no function.
    ///   - callID: The id of the model's function call.
    ///   - wrapsArrays: Whether arrays arrive as `{"value_type": …, "value": […]}`. Dify means to put out plain lists,
    ///     but forgets to unwrap its own segments on this way.
    static func answer(
        _ call: ParameterExtractorInvocation, found: JSONObject?, usage: ModelUsage, callID: String,
        wrapsArrays: Bool = false
    ) -> JSONObject {
        let values = ExtractedValues(call.parameters, found: found)
        let outputs = heading(reason: values.reason, usage).merging(values.outputs)
        return answer(
            call, arguments: found, callID: callID, usage, outputs: wrapsArrays ? wrapped(outputs, for: call) : outputs)
    }

    /// The answer of a script that says what the node puts out. Its values stand as they are, over those of an
    /// extraction that succeeded and found the zero of each type.
    static func answer(
        _ call: ParameterExtractorInvocation, scripted: JSONObject, usage: ModelUsage, callID: String
    ) -> JSONObject {
        let values = JSONObject(
            call.parameters.map { ($0.name, scripted[$0.name] ?? $0.segmentType.zero) })
        let outputs = heading(reason: nil, usage).merging(values).merging(scripted)
        return answer(call, arguments: values, callID: callID, usage, outputs: outputs)
    }

    /// The values that stand in the query, as a model would find them; nil when there are none.
    static func values(in call: ParameterExtractorInvocation) -> JSONObject? {
        let values = ParameterSearch.values(of: call.parameters, in: call.query)
        return values.isEmpty ? nil : values
    }

    /// The parameter with a name that Dify keeps for itself. The platform refuses such a call before it starts.
    static func reservedName(in call: ParameterExtractorInvocation) -> String? {
        call.parameters.map(\.name).first { $0 == "__reason" || $0 == "__is_success" }
    }

    // MARK: - Tokens

    /// What the model is asked, for counting its tokens.
    static func promptText(of call: ParameterExtractorInvocation) -> String {
        NodeAnswer.text(of: prompts(of: call)) + "\n" + JSONValue.object(function(for: call)).description
    }

    /// What the model answers, for counting its tokens.
    static func completionText(_ found: JSONObject?) -> String {
        found.map { JSONValue.object($0).description } ?? nothingFound
    }

    // MARK: - Maps

    private static let nothingFound = "The text names none of the parameters."

    private static func heading(reason: String?, _ usage: ModelUsage) -> JSONObject {
        [
            "__is_success": reason == nil ? 1 : 0, "__reason": reason.map(JSONValue.string) ?? .null,
            "__usage": .object(usage.platform(isStreamed: false)),
        ]
    }

    private static func wrapped(_ outputs: JSONObject, for call: ParameterExtractorInvocation) -> JSONObject {
        var outputs = outputs
        for parameter in call.parameters where parameter.segmentType.element != nil {
            let type = JSONValue.string(parameter.segmentType.rawValue)
            outputs[parameter.name] = outputs[parameter.name].map { ["value_type": type, "value": $0] }
        }
        return outputs
    }

    private static func answer(
        _ call: ParameterExtractorInvocation, arguments: JSONObject?, callID: String, _ usage: ModelUsage,
        outputs: JSONObject
    ) -> JSONObject {
        let model = call.model
        return NodeAnswer.maps(
            processData: [
                "model_mode": .string(model.mode), "prompts": .array(prompts(of: call)),
                "usage": .object(usage.platform(isStreamed: false)), "function": .object(function(for: call)),
                "tool_call": arguments.map { toolCall($0, id: callID) } ?? .null,
                "model_provider": .string(model.provider), "model_name": .string(model.name),
                "llm_text": .string(arguments == nil ? nothingFound : ""),
            ],
            outputs: outputs,
            inputs: [
                "query": .string(call.query), "files": [], "parameters": .array(call.parameters.map(description)),
                "instruction": .string(call.instruction), "model_provider": .string(model.provider),
                "model_name": .string(model.name),
            ])
    }

    private static func prompts(of call: ParameterExtractorInvocation) -> [JSONValue] {
        NodeAnswer.prompts(
            system: "Read the user's text, and call \(functionName) with the values that it names.",
            instruction: call.instruction, user: call.query)
    }

    private static func toolCall(_ arguments: JSONObject, id: String) -> JSONValue {
        let arguments = JSONValue.object(arguments).description
        return [
            "id": .string(id), "type": "function",
            "function": ["name": .string(functionName), "arguments": .string(arguments)],
        ]
    }
}

// MARK: - The function

extension ParameterExtraction {
    private static let functionName = "extract_parameters"

    /// The function that the model may call, with a JSON schema of the parameters.
    private static func function(for call: ParameterExtractorInvocation) -> JSONObject {
        [
            "name": .string(functionName), "description": "Extract parameters from the natural language text",
            "parameters": [
                "type": "object",
                "properties": .object(JSONObject(call.parameters.map { ($0.name, schema(of: $0)) })),
                "required": .array(call.parameters.filter(\.required).map { .string($0.name) }),
            ],
        ]
    }

    private static func schema(of parameter: ExtractedParameter) -> JSONValue {
        let type = parameter.segmentType
        var schema: JSONObject = [
            "description": .string(parameter.description),
            "type": .string(type.element == nil ? type.rawValue : "array"),
        ]
        if let element = type.element { schema["items"] = ["type": .string(element.rawValue)] }
        if !parameter.options.isEmpty { schema["enum"] = .array(parameter.options.map(JSONValue.string)) }
        return .object(schema)
    }

    /// A parameter among the node's inputs, with the type that Dify made of its older words.
    private static func description(_ parameter: ExtractedParameter) -> JSONValue {
        [
            "name": .string(parameter.name), "type": .string(parameter.segmentType.rawValue),
            "options": .array(parameter.options.map(JSONValue.string)),
            "description": .string(parameter.description), "required": .bool(parameter.required),
        ]
    }
}
