/// How well a document answers a query, by the words that they share.
struct WordOverlap {
    private let query: String
    private let asked: Set<String>

    init(query: String) {
        self.query = query
        asked = Set(WordRuns.words(of: query))
    }

    /// 0 when no word of the query occurs, 1 when both hold the same words; in between the share of the query's words
    /// that occur, a little lower the more else the document says. Rounded to six decimals.
    func score(of document: String) -> Double {
        if query == document { return 1 }
        let told = Set(WordRuns.words(of: document))
        let shared = asked.intersection(told).count
        guard shared > 0 else { return 0 }
        let coverage = Double(shared) / Double(asked.count)
        let density = Double(shared) / Double(told.count)
        return (coverage * (9 + density) * 100_000).rounded() / 1_000_000
    }
}
