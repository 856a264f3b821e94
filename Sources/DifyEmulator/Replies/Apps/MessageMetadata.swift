import DifyProtocol

/// What `message_end` tells about a message: what the model used and where the answer comes from.
struct MessageMetadata: Sendable {
    private(set) var usage: JSONObject
    private var resources: [JSONObject] = []

    init(usage: JSONObject) { self.usage = usage }

    var json: JSONValue {
        [
            "annotation_reply": .null, "retriever_resources": .array(resources.map(JSONValue.object)),
            "usage": .object(usage),
        ]
    }

    /// Lays members over the usage. Tokens add up unless their total is among the members.
    mutating func add(usage members: JSONObject) {
        usage = usage.merging(members)
        guard members["total_tokens"] == nil, let prompt = usage["prompt_tokens"]?.number?.integer,
            let completion = usage["completion_tokens"]?.number?.integer
        else { return }
        let (total, overflows) = prompt.addingReportingOverflow(completion)
        if !overflows { usage["total_tokens"] = .integer(total) }
    }

    /// Adds what was retrieved. Of one document Dify keeps the first piece only, and it counts the pieces anew
    /// (`MessageCycleManager.handle_retriever_resources`).
    mutating func add(resources added: [JSONValue]) {
        for resource in added.compactMap(\.object) where !resources.contains(where: { isSame($0, resource) }) {
            var complete = Self.emptyResource.merging(resource)
            complete["position"] = .integer(resources.count + 1)
            resources.append(complete)
        }
    }

    private func isSame(_ first: JSONObject, _ second: JSONObject) -> Bool {
        ["dataset_id", "document_id"].allSatisfy { key in
            first[key] == second[key] && PythonText.isTruthy(first[key] ?? .null)
        }
    }

    private static let emptyResource: JSONObject = [
        "position": .null, "dataset_id": .null, "dataset_name": .null, "document_id": .null, "document_name": .null,
        "data_source_type": .null, "segment_id": .null, "retriever_from": "api", "score": .null, "hit_count": .null,
        "word_count": .null, "segment_position": .null, "index_node_hash": .null, "content": .null, "page": .null,
        "doc_metadata": .null, "title": .null, "files": .null, "summary": .null,
    ]

    /// What a chatflow without a language model used (`LLMUsage.empty_usage`).
    static let nothing: JSONObject = [
        "prompt_tokens": 0, "prompt_unit_price": "0.0", "prompt_price_unit": "0.0", "prompt_price": "0.0",
        "completion_tokens": 0, "completion_unit_price": "0.0", "completion_price_unit": "0.0",
        "completion_price": "0.0", "total_tokens": 0, "total_price": "0.0", "currency": "USD", "latency": 0.0,
        "time_to_first_token": .null, "time_to_generate": .null,
    ]
}
