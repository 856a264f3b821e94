/// A checked reverse call of a language model, with or without a schema for its answer.
public struct LLMInvocation: Sendable, Hashable {
    /// The model.
    public let model: ModelReference
    /// `chat` or `completion`. It may not be empty, but Dify does not look at it.
    public let mode: String
    /// The model's parameters: `temperature` and so on.
    public let completionParams: JSONObject
    /// The prompt.
    public let promptMessages: [PromptMessage]
    /// The tools that the model may call.
    public let tools: [PromptTool]
    /// Words before which the answer ends.
    public let stop: [String]
    /// Whether the answer comes in pieces; otherwise in one.
    public let stream: Bool
    /// The schema for the answer; nil for a call of type `llm`.
    public let structuredOutputSchema: JSONObject?

    /// A call of a language model.
    public init(
        model: ModelReference, mode: String = "chat", completionParams: JSONObject = [:],
        promptMessages: [PromptMessage], tools: [PromptTool] = [], stop: [String] = [], stream: Bool = true,
        structuredOutputSchema: JSONObject? = nil
    ) {
        self.model = model
        self.mode = mode
        self.completionParams = completionParams
        self.promptMessages = promptMessages
        self.tools = tools
        self.stop = stop
        self.stream = stream
        self.structuredOutputSchema = structuredOutputSchema
    }

    /// Reads and checks the request of an `llm` call, or of an `llm_structured_output` call.
    ///
    /// - Parameter isStructured: Whether there has to be a schema for the answer; otherwise one is not looked at.
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject, isStructured: Bool = false) throws(InvalidRequest) {
        let structName = isStructured ? "InvokeLLMWithStructuredOutputRequest" : "InvokeLLMRequest"
        self = try RequestFields.decode(request, as: structName) {
            LLMInvocation(reading: $0, isStructured: isStructured)
        }
    }

    private init(reading fields: RequestFields, isStructured: Bool) {
        model = ModelReference(reading: fields)
        let schema = fields.embedded("InvokeLLMSchema")
        mode = schema.text("mode", as: "Mode", .required)
        completionParams = schema.object("completion_params") ?? [:]
        promptMessages = schema.list("prompt_messages", as: "PromptMessages", PromptMessage.init(reading:))
        tools = schema.list("tools", as: "Tools", PromptTool.init(reading:))
        Self.checkToolChoice(schema)
        stop = schema.texts("stop")
        stream = schema.flag("stream")
        structuredOutputSchema =
            isStructured
            ? fields.object("structured_output_schema", as: "StructuredOutputSchema", isRequired: true) : nil
    }

    /// Which of the tools to call is something that the daemon checks and passes on, but Dify 1.14 drops.
    private static func checkToolChoice(_ fields: RequestFields) {
        guard let choice = fields.optional("tool_choice", as: "ToolChoice") else { return }
        let mode = choice.text(
            "mode", as: "Mode", .required, .oneOf(["auto", "none", "required", "tool"]),
            type: "model_entities.ToolChoiceMode")
        let name = choice.text("name")
        // A rule of the whole struct, which the daemon reports under the name of the JSON member.
        if mode == "tool", name.allSatisfy(\.isWhitespace) { choice.refuse("name", tag: "required_for_tool") }
    }

    /// The type of the call.
    public var type: InvocationType { structuredOutputSchema == nil ? .llm : .llmStructuredOutput }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request = model.request(modelType: "llm")
        request["mode"] = .string(mode)
        request["completion_params"] = .object(completionParams)
        request["prompt_messages"] = .array(promptMessages.map(\.value))
        if let structuredOutputSchema { request["structured_output_schema"] = .object(structuredOutputSchema) }
        request["tools"] = tools.isEmpty ? .null : .array(tools.map(\.value))
        request["stop"] = stop.isEmpty ? .null : .array(stop.map(JSONValue.string))
        request["stream"] = .bool(stream)
        return Invocation(type: type, request: request)
    }
}
