/// A checked reverse call of a workflow node that puts a text into one of several classes.
public struct QuestionClassifierInvocation: Sendable, Hashable {
    /// The classes. The daemon lets an empty list pass.
    public let classes: [QuestionClass]
    /// The model to ask.
    public let model: NodeModel
    /// The text.
    public let query: String
    /// What the model should keep in mind; may be empty.
    public let instruction: String

    /// A call that classifies a text.
    public init(classes: [QuestionClass], model: NodeModel, query: String, instruction: String = "") {
        self.classes = classes
        self.model = model
        self.query = query
        self.instruction = instruction
    }

    /// Reads and checks the request of a `node_question_classifier` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeQuestionClassifierRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        classes = fields.list("classes", as: "Classes", isRequired: true, QuestionClass.init(reading:))
        model = NodeModel(reading: fields.nested("model", as: "Model"))
        instruction = fields.text("instruction")
        query = fields.text("query", as: "Query", .required)
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        Invocation(
            type: .questionClassifier,
            request: [
                "classes": .array(classes.map(\.value)), "model": model.value, "query": .string(query),
                "instruction": .string(instruction),
            ])
    }
}
