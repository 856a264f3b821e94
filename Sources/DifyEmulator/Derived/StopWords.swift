/// Where a model stops writing: before the stop word that is complete first. Of a stop word nothing is delivered, so
/// that a beginning of one waits until the text shows that it is none.
struct StopWords {
    /// Knuth, Morris and Pratt's search, carried on from piece to piece: a caller chooses words and text, so the time
    /// must not depend on how they repeat.
    private struct Search {
        let word: [UInt8]
        /// For each beginning of the word, the length of its longest end that is a beginning as well.
        let fallbacks: [Int]
        /// How much of the word the text ends with.
        var matched = 0

        init(_ word: [UInt8]) {
            self.word = word
            var lengths = [0]
            var matched = 0
            for byte in word.dropFirst() {
                while matched > 0, word[matched] != byte { matched = lengths[matched - 1] }
                if word[matched] == byte { matched += 1 }
                lengths.append(matched)
            }
            fallbacks = lengths
        }

        /// - Returns: Whether the word is complete.
        mutating func read(_ byte: UInt8) -> Bool {
            while matched > 0, word[matched] != byte { matched = fallbacks[matched - 1] }
            if word[matched] == byte { matched += 1 }
            return matched == word.count
        }
    }

    /// Whether a stop word has come.
    private(set) var isStopped = false
    private var searches: [Search]
    /// What may be the beginning of a stop word.
    private var held: [UInt8] = []

    /// - Parameter words: Compared byte for byte. Empty ones stop nothing.
    init(_ words: [String]) { searches = words.filter { !$0.isEmpty }.map { Search(Array($0.utf8)) } }

    /// Takes a piece of text.
    ///
    /// - Returns: What can be delivered by now.
    mutating func pass(_ piece: String) -> String {
        guard !isStopped else { return "" }
        guard !searches.isEmpty else { return piece }
        for byte in piece.utf8 {
            held.append(byte)
            var longest = 0
            for index in searches.indices where searches[index].read(byte) {
                longest = max(longest, searches[index].word.count)
            }
            if longest > 0 {
                isStopped = true
                return take(held.count - longest, dropping: true)
            }
        }
        return take(held.count - (searches.map(\.matched).max() ?? 0))
    }

    /// The end of the text: what waited was no stop word.
    mutating func flush() -> String { take(held.count) }

    private mutating func take(_ count: Int, dropping: Bool = false) -> String {
        let text = String(decoding: held[..<count], as: UTF8.self)
        held.removeFirst(dropping ? held.count : count)
        return text
    }
}
