public import DifyProtocol

/// What a language model's answer took. Prices are decimal texts, which lose nothing.
public struct LLMUsage: Sendable, Hashable {
    /// Tokens of the prompt.
    public var promptTokens = 0
    /// Price of one unit of prompt tokens.
    public var promptUnitPrice = "0.0"
    /// What a prompt token is of that unit.
    public var promptPriceUnit = "0.0"
    /// Price of the prompt.
    public var promptPrice = "0.0"
    /// Tokens of the answer.
    public var completionTokens = 0
    /// Price of one unit of the answer's tokens.
    public var completionUnitPrice = "0.0"
    /// What a token of the answer is of that unit.
    public var completionPriceUnit = "0.0"
    /// Price of the answer.
    public var completionPrice = "0.0"
    /// All tokens.
    public var totalTokens = 0
    /// Price of all tokens.
    public var totalPrice = "0.0"
    /// The currency of all prices.
    public var currency = "USD"
    /// How long the answer took, in seconds.
    public var latency = 0.0

    /// No usage at all.
    public init() {}

    /// Reads the daemon's form.
    ///
    /// - Returns: nil when one of the twelve members is missing.
    public init?(wire: JSONValue) {
        guard let promptTokens = wire["prompt_tokens"]?.wholeNumber,
            let promptUnitPrice = wire["prompt_unit_price"]?.decimalText,
            let promptPriceUnit = wire["prompt_price_unit"]?.decimalText,
            let promptPrice = wire["prompt_price"]?.decimalText,
            let completionTokens = wire["completion_tokens"]?.wholeNumber,
            let completionUnitPrice = wire["completion_unit_price"]?.decimalText,
            let completionPriceUnit = wire["completion_price_unit"]?.decimalText,
            let completionPrice = wire["completion_price"]?.decimalText,
            let totalTokens = wire["total_tokens"]?.wholeNumber, let totalPrice = wire["total_price"]?.decimalText,
            let currency = wire["currency"]?.string, let latency = wire["latency"]?.number?.double
        else { return nil }
        self.promptTokens = promptTokens
        self.promptUnitPrice = promptUnitPrice
        self.promptPriceUnit = promptPriceUnit
        self.promptPrice = promptPrice
        self.completionTokens = completionTokens
        self.completionUnitPrice = completionUnitPrice
        self.completionPriceUnit = completionPriceUnit
        self.completionPrice = completionPrice
        self.totalTokens = totalTokens
        self.totalPrice = totalPrice
        self.currency = currency
        self.latency = latency
    }

    /// Adds what a chunk reports, as the SDK does: tokens are summed, prices and time are the last ones, and the prices
    /// of a unit stay what they were.
    mutating func add(_ other: LLMUsage) {
        promptTokens += other.promptTokens
        completionTokens += other.completionTokens
        totalTokens += other.totalTokens
        promptPrice = other.promptPrice
        completionPrice = other.completionPrice
        totalPrice = other.totalPrice
        currency = other.currency
        latency = other.latency
    }
}
