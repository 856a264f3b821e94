/// Where a model stops writing.
enum StopWords {
    /// The text before the first place where any of the words begins, compared byte for byte; the whole text when none
    /// occurs. Empty words stop nothing.
    static func cut(_ text: String, at words: [String]) -> String {
        let bytes = Array(text.utf8)
        var end = bytes.count
        for word in words where !word.isEmpty {
            if let found = firstIndex(of: Array(word.utf8), in: bytes, startingBefore: end) { end = found }
        }
        return end == bytes.count ? text : String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// Knuth, Morris and Pratt's search: a caller chooses both texts, so the time must not depend on how they repeat.
    private static func firstIndex(of word: [UInt8], in text: [UInt8], startingBefore limit: Int) -> Int? {
        guard word.count <= text.count else { return nil }
        let fallbacks = fallbacks(of: word)
        var matched = 0
        for (position, byte) in text.enumerated() {
            while matched > 0, word[matched] != byte { matched = fallbacks[matched - 1] }
            if word[matched] == byte { matched += 1 }
            if matched == word.count { return position + 1 - matched }
            if position + 1 - matched >= limit { return nil }
        }
        return nil
    }

    /// For each beginning of the word, the length of its longest end that is a beginning as well.
    private static func fallbacks(of word: [UInt8]) -> [Int] {
        var lengths = [0]
        var matched = 0
        for byte in word.dropFirst() {
            while matched > 0, word[matched] != byte { matched = lengths[matched - 1] }
            if word[matched] == byte { matched += 1 }
            lengths.append(matched)
        }
        return lengths
    }
}
