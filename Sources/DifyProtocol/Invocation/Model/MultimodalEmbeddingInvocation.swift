/// A checked reverse call that turns texts and images into vectors.
public struct MultimodalEmbeddingInvocation: Sendable, Hashable {
    /// The model.
    public let model: ModelReference
    /// The texts and images.
    public let documents: [MultimodalContent]
    /// `document` or `query`.
    public let inputType: String

    /// A call that embeds texts and images.
    public init(model: ModelReference, documents: [MultimodalContent], inputType: String = "query") {
        self.model = model
        self.documents = documents
        self.inputType = inputType
    }

    /// Reads and checks the request of a `multimodal_embedding` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeMultimodalEmbeddingRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        model = ModelReference(reading: fields)
        let schema = fields.embedded("InvokeMultimodalEmbeddingSchema")
        documents = schema.list("documents", as: "Documents", isRequired: true, MultimodalContent.init(reading:))
        inputType = schema.text("input_type", as: "InputType", .required, .oneOf(["document", "query"]))
    }

    /// The call as the SDK sends it, without the workspace's id, in whose place the daemon puts the session's.
    public var invocation: Invocation {
        var request = model.request(modelType: "text-embedding")
        request["documents"] = .array(documents.map(\.value))
        request["input_type"] = .string(inputType)
        return Invocation(type: .multimodalEmbedding, request: request)
    }
}
