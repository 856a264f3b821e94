import DifyProtocol

/// What Dify's plugin daemon makes of the platform's answers before a plugin gets them: it reads them into Go values,
/// and writes those (`pkg/entities/model_entities`, `internal/core/dify_invocation`).
///
/// Everything behind this answers as the platform does. The transports to plugins apply it, the inner API does not:
/// there the daemon is the client.
enum DaemonForm {
    /// The event that reaches the plugin.
    static func event(_ event: ReplyEvent, answering type: InvocationType) -> ReplyEvent {
        guard case .response(.object(let data)) = event else { return event }
        switch type {
        case .llm: return .response(.object(chunk(data, isStructured: false)))
        case .llmStructuredOutput: return .response(.object(chunk(data, isStructured: true)))
        case .textEmbedding, .multimodalEmbedding: return .response(.object(embedding(data)))
        case .rerank, .multimodalRerank: return .response(form(.object(data)))
        case .app, .fetchApp: return .response(.object(sorted(data)))
        case .parameterExtractor, .questionClassifier: return .response(.object(node(data)))
        case .tool, .tts, .speechToText, .moderation, .systemSummary, .uploadFile, .storage: return event
        }
    }

    // MARK: - What it knows a type for

    /// A chunk of a language model: keys for everything, empty where the platform has nothing.
    private static func chunk(_ chunk: JSONObject, isStructured: Bool) -> JSONObject {
        let delta = chunk["delta"]?.object ?? [:]
        let message = delta["message"]?.object ?? [:]
        let contents = message["content"]?.array.map { JSONValue.array($0.map(content)) }
        var form: JSONObject = [
            "model": chunk["model"] ?? "", "system_fingerprint": text(chunk["system_fingerprint"]),
            "delta": [
                "index": delta["index"] ?? 0,
                "message": [
                    "role": message["role"] ?? "", "content": contents ?? message["content"] ?? "",
                    "name": text(message["name"]), "tool_calls": message["tool_calls"] ?? [],
                    "tool_call_id": text(message["tool_call_id"]),
                ],
                "usage": delta["usage"]?.object.map { .object(usage($0, llmUsage)) } ?? .null,
                "finish_reason": delta["finish_reason"] ?? .null,
            ],
        ]
        if isStructured {
            form["structured_output"] = chunk["structured_output"]?.object.map { .object(sorted($0)) } ?? .null
        } else {
            form["prompt_messages"] = []
        }
        return form
    }

    private static func text(_ value: JSONValue?) -> JSONValue { .string(value?.string ?? "") }

    /// A part of a message that is more than text. The SDK refuses an image whose `detail` is empty.
    private static func content(_ part: JSONValue) -> JSONValue {
        let keys = [
            "type", "base64_data", "url", "data", "encode_format", "format", "mime_type", "detail", "filename",
        ]
        return .object(JSONObject(keys.map { ($0, part[$0] ?? "") }))
    }

    private static func embedding(_ result: JSONObject) -> JSONObject {
        [
            "model": result["model"] ?? "", "embeddings": form(result["embeddings"] ?? []),
            "usage": .object(usage(result["usage"]?.object ?? [:], embeddingUsage)),
        ]
    }

    private static func node(_ answer: JSONObject) -> JSONObject {
        JSONObject(["process_data", "outputs", "inputs"].map { ($0, sorted(answer[$0] ?? .null)) })
    }

    // MARK: - Usage

    private static let llmUsage = [
        "prompt_tokens", "prompt_unit_price", "prompt_price_unit", "prompt_price", "completion_tokens",
        "completion_unit_price", "completion_price_unit", "completion_price", "total_tokens", "total_price", "currency",
        "latency",
    ]

    private static let embeddingUsage = [
        "tokens", "total_tokens", "unit_price", "price_unit", "total_price", "currency", "latency",
    ]

    /// What a model took: the keys of the daemon's structure, decimals as texts without zeros at their end.
    private static func usage(_ usage: JSONObject, _ keys: [String]) -> JSONObject {
        JSONObject(
            keys.map { key in
                let value = usage[key] ?? .null
                return (key, key.contains("price") ? decimal(value) : form(value))
            })
    }

    private static func decimal(_ value: JSONValue) -> JSONValue {
        let text = value.string ?? value.number?.literal
        return text.flatMap(DecimalAmount.init).map { .string($0.trimmedText) } ?? value
    }

    // MARK: - What it knows no type for

    /// The object with its keys sorted at every level, and its numbers as Go writes them.
    static func sorted(_ object: JSONObject) -> JSONObject {
        let members = object.map { (key: $0.key, value: sorted($0.value)) }
        let inOrder = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return JSONObject(inOrder.map { ($0.key, $0.value) })
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): .object(sorted(object))
        case .array(let elements): .array(elements.map(sorted))
        case .null, .bool, .string, .number: form(value)
        }
    }

    // MARK: - Numbers

    /// The value with its numbers as Go writes them.
    private static func form(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): .object(JSONObject(object.map { ($0.key, form($0.value)) }))
        case .array(let elements): .array(elements.map(form))
        case .number(let number): .number(form(number))
        case .null, .bool, .string: value
        }
    }

    /// Go reads every number as a float, so that `1.0` becomes `1` and integers beyond 2^53 lose digits.
    private static func form(_ number: JSONNumber) -> JSONNumber {
        if let integer = number.integer, integer.magnitude <= 1 << 53 { return number }
        let value = number.double
        return value.isFinite ? JSONNumber(literal: text(value)) : number
    }

    /// What `encoding/json` writes: plain digits from 1e-6 up to 1e21, an exponent beyond.
    private static func text(_ value: Double) -> String {
        let decimal = ShortestDecimal(value)
        let magnitude = value.magnitude
        guard magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e21) else {
            return decimal.mantissa + "e" + (decimal.point > 0 ? "+" : "") + String(decimal.point - 1)
        }
        return decimal.plain.hasSuffix(".0") ? String(decimal.plain.dropLast(2)) : decimal.plain
    }
}
