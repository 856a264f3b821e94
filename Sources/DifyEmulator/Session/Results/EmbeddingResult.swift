public import DifyProtocol

/// The vectors of texts or images.
public struct EmbeddingResult: Sendable, Hashable {
    /// The model, by the name under which its vendor answers.
    public let model: String
    /// One vector for each document, in order.
    public let embeddings: [[Double]]
    /// What it took.
    public let usage: EmbeddingUsage

    /// Reads the daemon's form.
    ///
    /// - Returns: nil where the SDK's own class refuses the data.
    public init?(wire: JSONValue) {
        guard let model = wire["model"]?.string, let rows = wire["embeddings"]?.array,
            let usage = wire["usage"].flatMap(EmbeddingUsage.init(wire:))
        else { return nil }
        let embeddings = rows.compactMap { row in
            row.array.flatMap { elements in
                let numbers = elements.compactMap { $0.number?.double }
                return numbers.count == elements.count ? numbers : nil
            }
        }
        guard embeddings.count == rows.count else { return nil }
        self.model = model
        self.embeddings = embeddings
        self.usage = usage
    }
}

/// What embedding took. Prices are decimal texts, which lose nothing.
public struct EmbeddingUsage: Sendable, Hashable {
    /// Tokens of the documents.
    public let tokens: Int
    /// The same.
    public let totalTokens: Int
    /// Price of one unit of tokens.
    public let unitPrice: String
    /// What a token is of that unit.
    public let priceUnit: String
    /// Price of all tokens.
    public let totalPrice: String
    /// The currency of the prices.
    public let currency: String
    /// How long it took, in seconds.
    public let latency: Double

    /// Reads the daemon's form.
    ///
    /// - Returns: nil when one of the seven members is missing.
    public init?(wire: JSONValue) {
        guard let tokens = wire["tokens"]?.wholeNumber, let totalTokens = wire["total_tokens"]?.wholeNumber,
            let unitPrice = wire["unit_price"]?.decimalText, let priceUnit = wire["price_unit"]?.decimalText,
            let totalPrice = wire["total_price"]?.decimalText, let currency = wire["currency"]?.string,
            let latency = wire["latency"]?.number?.double
        else { return nil }
        self.tokens = tokens
        self.totalTokens = totalTokens
        self.unitPrice = unitPrice
        self.priceUnit = priceUnit
        self.totalPrice = totalPrice
        self.currency = currency
        self.latency = latency
    }
}
