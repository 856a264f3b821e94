/// A checked reverse call of a workflow node that finds the values of parameters in a text.
public struct ParameterExtractorInvocation: Sendable, Hashable {
    /// What to look for.
    public let parameters: [ExtractedParameter]
    /// The model to ask.
    public let model: NodeModel
    /// The text.
    public let query: String
    /// What the model should keep in mind; may be empty.
    public let instruction: String

    /// A call that looks for parameters in a text.
    public init(parameters: [ExtractedParameter], model: NodeModel, query: String, instruction: String = "") {
        self.parameters = parameters
        self.model = model
        self.query = query
        self.instruction = instruction
    }

    /// Reads and checks the request of a `node_parameter_extractor` call.
    ///
    /// - Parameter refusesBooleanParameters: Whether the types `boolean` and `array[boolean]` are refused. Dify knows
    ///   both, but its daemon refuses them.
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject, refusesBooleanParameters: Bool = false) throws(InvalidRequest) {
        let types = refusesBooleanParameters ? Self.types : Self.types + ["boolean", "array[boolean]"]
        self = try RequestFields.decode(request, as: "InvokeParameterExtractorRequest") {
            ParameterExtractorInvocation(reading: $0, types: types)
        }
    }

    private init(reading fields: RequestFields, types: [String]) {
        parameters = fields.list("parameters", as: "Parameters", isRequired: true) {
            ExtractedParameter(reading: $0, types: types)
        }
        model = NodeModel(reading: fields.nested("model", as: "Model"))
        instruction = fields.text("instruction")
        query = fields.text("query", as: "Query", .required)
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        Invocation(
            type: .parameterExtractor,
            request: [
                "parameters": .array(parameters.map(\.value)), "model": model.value, "query": .string(query),
                "instruction": .string(instruction),
            ])
    }

    /// The types that the daemon lets pass.
    private static let types = [
        "string", "number", "bool", "select", "array[string]", "array[number]", "array[object]",
    ]
}
