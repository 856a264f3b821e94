/// A checked reverse call that turns texts into vectors.
public struct TextEmbeddingInvocation: Sendable, Hashable {
    /// The model.
    public let model: ModelReference
    /// The texts.
    public let texts: [String]
    /// `document` or `query`. It may not be empty, but Dify embeds everything as a document.
    public let inputType: String

    /// A call that embeds texts.
    public init(model: ModelReference, texts: [String], inputType: String = "query") {
        self.model = model
        self.texts = texts
        self.inputType = inputType
    }

    /// Reads and checks the request of a `text_embedding` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeTextEmbeddingRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        model = ModelReference(reading: fields)
        let schema = fields.embedded("InvokeTextEmbeddingSchema")
        texts = schema.texts("texts", as: "Texts", isRequired: true)
        inputType = schema.text("input_type", as: "InputType", .required)
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request = model.request(modelType: "text-embedding")
        request["texts"] = .array(texts.map(JSONValue.string))
        request["input_type"] = .string(inputType)
        return Invocation(type: .textEmbedding, request: request)
    }
}
