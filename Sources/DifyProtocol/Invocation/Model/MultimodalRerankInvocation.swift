/// A checked reverse call that orders texts and images by how well they answer a query.
public struct MultimodalRerankInvocation: Sendable, Hashable {
    /// The model.
    public let model: ModelReference
    /// The query.
    public let query: MultimodalContent
    /// The texts and images.
    public let docs: [MultimodalContent]
    /// The lowest score of what stays in the answer; 0 for none.
    public let scoreThreshold: Double
    /// How many stay in the answer at most; 0 for no limit.
    public let topN: Int

    /// A call that orders texts and images.
    public init(
        model: ModelReference, query: MultimodalContent, docs: [MultimodalContent], scoreThreshold: Double = 0,
        topN: Int = 0
    ) {
        self.model = model
        self.query = query
        self.docs = docs
        self.scoreThreshold = scoreThreshold
        self.topN = topN
    }

    /// Reads and checks the request of a `multimodal_rerank` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeMultimodalRerankRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        model = ModelReference(reading: fields)
        let schema = fields.embedded("InvokeMultimodalRerankSchema")
        query = MultimodalContent(reading: schema.nested("query", as: "Query"))
        docs = schema.list("docs", as: "Docs", isRequired: true, MultimodalContent.init(reading:))
        scoreThreshold = schema.number("score_threshold")
        topN = schema.integer("top_n")
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request = model.request(modelType: "rerank")
        request["score_threshold"] = scoreThreshold == 0 ? .null : .number(JSONNumber(scoreThreshold))
        request["top_n"] = topN == 0 ? .null : .integer(topN)
        request["query"] = query.value
        request["docs"] = .array(docs.map(\.value))
        return Invocation(type: .multimodalRerank, request: request)
    }
}
