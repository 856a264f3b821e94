/// A checked reverse call that orders texts by how well they answer a query.
public struct RerankInvocation: Sendable, Hashable {
    /// The model.
    public let model: ModelReference
    /// The query.
    public let query: String
    /// The texts.
    public let docs: [String]
    /// The lowest score of a text that stays in the answer.
    public let scoreThreshold: Double
    /// How many texts stay in the answer at most. 0 when the request said nothing.
    public let topN: Int

    /// A call that orders texts.
    public init(model: ModelReference, query: String, docs: [String], scoreThreshold: Double, topN: Int) {
        self.model = model
        self.query = query
        self.docs = docs
        self.scoreThreshold = scoreThreshold
        self.topN = topN
    }

    /// Reads and checks the request of a `rerank` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeRerankRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        model = ModelReference(reading: fields)
        let schema = fields.embedded("InvokeRerankSchema")
        query = schema.text("query", as: "Query", .required)
        docs = schema.texts("docs", as: "Docs", isRequired: true)
        scoreThreshold = schema.number("score_threshold")
        topN = schema.integer("top_n")
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request = model.request(modelType: "rerank")
        request["score_threshold"] = .number(JSONNumber(scoreThreshold))
        request["top_n"] = .integer(topN)
        request["docs"] = .array(docs.map(JSONValue.string))
        request["query"] = .string(query)
        return Invocation(type: .rerank, request: request)
    }
}
