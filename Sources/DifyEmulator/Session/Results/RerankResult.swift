public import DifyProtocol

/// Documents in the order in which they fit a query.
public struct RerankResult: Sendable, Hashable {
    /// A document.
    public struct Document: Sendable, Hashable {
        /// Its position in the request.
        public let index: Int
        /// Its content.
        public let text: String
        /// How well it fits; models usually stay between 0 and 1.
        public let score: Double

        init?(wire: JSONValue) {
            guard let index = wire["index"]?.wholeNumber, let text = wire["text"]?.string,
                let score = wire["score"]?.number?.double
            else { return nil }
            self.index = index
            self.text = text
            self.score = score
        }
    }

    /// The model, by the name under which its vendor answers.
    public let model: String
    /// The documents, best first.
    public let docs: [Document]

    /// Reads the daemon's form.
    ///
    /// - Returns: nil where the SDK's own class refuses the data.
    public init?(wire: JSONValue) {
        guard let model = wire["model"]?.string, let rows = wire["docs"]?.array else { return nil }
        let docs = rows.compactMap(Document.init(wire:))
        guard docs.count == rows.count else { return nil }
        self.model = model
        self.docs = docs
    }
}
