import DifyProtocol

/// What a model call took: tokens, money and time, in the forms in which Dify's platform tells it.
struct ModelUsage: Sendable, Hashable {
    var promptTokens: Int
    var completionTokens: Int
    var pricing: ModelPricing
    /// Seconds.
    var latency: Double

    /// The usage in a language model's own chunks: fourteen keys in Dify's order. The two times are null, since only
    /// Dify's nodes and apps measure them. The prices of a unit went through the daemon like the others.
    func llm() -> JSONObject { members(unitPrice: Self.passedOn, times: (.null, .null)) }

    /// The usage in the metadata of apps and the outputs of nodes.
    ///
    /// - Parameter isStreamed: Whether the platform read the model's answer as a stream; without one it has no time of
    ///   a first token, and both times are null.
    func platform(isStreamed: Bool = true) -> JSONObject {
        members(unitPrice: Self.python, times: isStreamed ? times : (.null, .null))
    }

    private func members(
        unitPrice: (String) -> JSONValue, times: (firstToken: JSONValue, rest: JSONValue)
    ) -> JSONObject {
        [
            "prompt_tokens": .integer(promptTokens),
            "prompt_unit_price": unitPrice(pricing.input),
            "prompt_price_unit": unitPrice(pricing.unit),
            "prompt_price": Self.passedOn(promptPrice),
            "completion_tokens": .integer(completionTokens),
            "completion_unit_price": unitPrice(pricing.output),
            "completion_price_unit": unitPrice(pricing.unit),
            "completion_price": Self.passedOn(completionPrice),
            "total_tokens": .integer(totalTokens),
            "total_price": Self.passedOn(promptPrice + completionPrice),
            "currency": .string(pricing.currency),
            "latency": Self.seconds(latency),
            "time_to_first_token": times.firstToken,
            "time_to_generate": times.rest,
        ]
    }

    /// An embedding's usage: seven keys; all tokens are prompt tokens.
    func embedding() -> JSONObject {
        [
            "tokens": .integer(promptTokens),
            "total_tokens": .integer(promptTokens),
            "unit_price": Self.passedOn(pricing.input),
            "price_unit": Self.passedOn(pricing.unit),
            "total_price": Self.passedOn(promptPrice),
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
        guard milliseconds.isFinite else { return (0.0, 0.0) }
        let first = (milliseconds / 3).rounded()
        return (Self.seconds(first / 1000), Self.seconds((milliseconds - first) / 1000))
    }

    private static func seconds(_ value: Double) -> JSONValue { .number(JSONNumber(value.isFinite ? value : 0)) }

    /// A price that went through the daemon, which cut its zeros, before Python wrote it.
    private static func passedOn(_ price: DecimalAmount) -> JSONValue {
        .string((DecimalAmount(price.trimmedText) ?? price).pythonText)
    }

    private static func passedOn(_ text: String) -> JSONValue { passedOn(DecimalAmount(text) ?? .zero) }

    private static func python(_ text: String) -> JSONValue {
        .string((DecimalAmount(text) ?? .zero).pythonText)
    }
}
