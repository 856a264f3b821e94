import DifyProtocol

/// What a model call took: tokens, money and time.
struct ModelUsage: Sendable, Hashable {
    var promptTokens: Int
    var completionTokens: Int
    var pricing: ModelPricing
    /// Seconds.
    var latency: Double

    /// The daemon's form of an LLM's usage: twelve keys in the order of its structure, decimals without zeros at the end.
    func llm() -> JSONObject {
        [
            "prompt_tokens": .integer(promptTokens),
            "prompt_unit_price": Self.trimmed(pricing.input),
            "prompt_price_unit": Self.trimmed(pricing.unit),
            "prompt_price": .string(promptPrice.trimmedText),
            "completion_tokens": .integer(completionTokens),
            "completion_unit_price": Self.trimmed(pricing.output),
            "completion_price_unit": Self.trimmed(pricing.unit),
            "completion_price": .string(completionPrice.trimmedText),
            "total_tokens": .integer(totalTokens),
            "total_price": .string((promptPrice + completionPrice).trimmedText),
            "currency": .string(pricing.currency),
            "latency": Self.seconds(latency),
        ]
    }

    /// Dify's own form, as in the metadata of apps and the outputs of nodes: fourteen keys, which the daemon sorts, and
    /// decimals as Python writes them.
    ///
    /// - Parameter isStreamed: Whether the platform read the model's answer as a stream; without one it has no time of
    ///   a first token, and both times are null.
    func platform(isStreamed: Bool = true) -> JSONObject {
        let (firstToken, rest) = isStreamed ? times : (.null, .null)
        return [
            "completion_price": Self.python(completionPrice),
            "completion_price_unit": Self.python(pricing.unit),
            "completion_tokens": .integer(completionTokens),
            "completion_unit_price": Self.python(pricing.output),
            "currency": .string(pricing.currency),
            "latency": Self.seconds(latency),
            "prompt_price": Self.python(promptPrice),
            "prompt_price_unit": Self.python(pricing.unit),
            "prompt_tokens": .integer(promptTokens),
            "prompt_unit_price": Self.python(pricing.input),
            "time_to_first_token": firstToken,
            "time_to_generate": rest,
            "total_price": Self.python(promptPrice + completionPrice),
            "total_tokens": .integer(totalTokens),
        ]
    }

    /// The daemon's form of an embedding's usage: seven keys; all tokens are prompt tokens.
    func embedding() -> JSONObject {
        [
            "tokens": .integer(promptTokens),
            "total_tokens": .integer(promptTokens),
            "unit_price": Self.trimmed(pricing.input),
            "price_unit": Self.trimmed(pricing.unit),
            "total_price": .string(promptPrice.trimmedText),
            "currency": .string(pricing.currency),
            "latency": Self.seconds(latency),
        ]
    }

    private var totalTokens: Int { promptTokens &+ completionTokens }

    private var promptPrice: DecimalAmount {
        ModelPricing.price(of: promptTokens, at: pricing.input, unit: pricing.unit)
    }

    private var completionPrice: DecimalAmount {
        ModelPricing.price(of: completionTokens, at: pricing.output, unit: pricing.unit)
    }

    /// A third of the time to the first token and the rest for the others, in whole milliseconds, as Dify rounds them.
    private var times: (firstToken: JSONValue, rest: JSONValue) {
        let milliseconds = (latency * 1000).rounded()
        guard milliseconds.isFinite else { return (0, 0) }
        let first = (milliseconds / 3).rounded()
        return (Self.seconds(first / 1000), Self.seconds((milliseconds - first) / 1000))
    }

    /// A number as Go writes it: whole seconds without a fraction.
    private static func seconds(_ value: Double) -> JSONValue {
        if let whole = Int(exactly: value) { return .integer(whole) }
        return value.isFinite ? .number(JSONNumber(value)) : 0
    }

    private static func trimmed(_ text: String) -> JSONValue {
        .string((DecimalAmount(text) ?? .zero).trimmedText)
    }

    /// The price went through the daemon, which cut its zeros, before Python wrote it.
    private static func python(_ price: DecimalAmount) -> JSONValue {
        .string((DecimalAmount(price.trimmedText) ?? price).pythonText)
    }

    private static func python(_ text: String) -> JSONValue {
        .string((DecimalAmount(text) ?? .zero).pythonText)
    }
}
