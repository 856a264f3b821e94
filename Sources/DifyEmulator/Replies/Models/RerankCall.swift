import DifyProtocol

/// `rerank` and `multimodal_rerank`: documents by how well they fit a query.
struct RerankCall: SingleAnswerCall {
    private let type: InvocationType
    private let model: CatalogModel
    private let query: String
    private let documents: [String]
    private let scoreThreshold: Double
    private let topN: Int
    let facts: JSONObject
    let notes: [String]

    init(_ call: RerankInvocation, in context: CallContext) throws(FailedCall) {
        try self.init(
            .rerank, call.model, call.query, call.docs, (call.scoreThreshold, call.topN), in: context)
    }

    init(_ call: MultimodalRerankInvocation, in context: CallContext) throws(FailedCall) {
        try context.requireMultimodal(.multimodalRerank)
        try self.init(
            .multimodalRerank, call.model, call.query.content, call.docs.map(\.content),
            (call.scoreThreshold, call.topN), in: context)
    }

    private init(
        _ type: InvocationType, _ reference: ModelReference, _ query: String, _ documents: [String],
        _ bounds: (threshold: Double, count: Int), in context: CallContext
    ) throws(FailedCall) {
        self.type = type
        notes = type == .multimodalRerank ? [context.note(.multimodal)] : []
        model = try context.model(reference, for: type)
        self.query = query
        self.documents = documents
        scoreThreshold = bounds.threshold
        topN = bounds.count
        facts = [
            "provider": .string(reference.provider), "model": .string(reference.model), "query": .string(query),
            "docs": .array(documents.map(JSONValue.string)), "top_n": .integer(topN),
            "score_threshold": .plainNumber(scoreThreshold),
        ]
    }

    var subject: CallSubject { .model(type, model.identity) }
    var title: String { "\(type.rawValue) \(model.identity.provider) \(model.identity.model)" }
    var reply: ReplySequence? { model.reply }

    func derived() -> [FilledItem] {
        let overlap = WordOverlap(query: query)
        let scores = documents.map { JSONValue.number(JSONNumber(overlap.score(of: $0))) }
        return [.part(.scores, .array(scores))]
    }

    func data(of items: [FilledItem]) -> JSONObject {
        let docs = items.values(of: .docs).last?.array.map(written) ?? ranked(items.values(of: .scores).last?.array)
        return ["model": .string(model.identity.model), "docs": .array(docs)]
    }

    /// Documents as a reply lists them, with the text that goes with the index where it gives none.
    private func written(_ docs: [JSONValue]) -> [JSONValue] {
        docs.map { doc in
            let index = doc["index"]?.number?.integer ?? 0
            let text = documents.indices.contains(index) ? documents[index] : ""
            return [
                "index": .integer(index), "text": doc["text"] ?? .string(text), "score": (doc["score"] ?? 0).asFloats,
            ]
        }
    }

    /// Best first, none below the threshold, at most `top_n`: Dify leaves all of that to the model's plugin.
    private func ranked(_ given: [JSONValue]?) -> [JSONValue] {
        let scores = given ?? derived()[0].value(of: .scores)?.array ?? []
        let scored = zip(documents.indices, scores).map { (index: $0, score: $1.number?.double ?? 0) }
        let sorted = scored.filter { scoreThreshold <= 0 || $0.score >= scoreThreshold }
            .sorted { ($1.score, $0.index) < ($0.score, $1.index) }
        return sorted.prefix(topN > 0 ? topN : sorted.count).map {
            ["index": .integer($0.index), "text": .string(documents[$0.index]), "score": .number(JSONNumber($0.score))]
        }
    }
}
