/// A summary without a model: the text's first sentences.
enum FirstSentences {
    /// Whole sentences from the start while they fit into so many characters (Unicode scalars). A first sentence that
    /// is too long ends at a word, with `…`.
    static func summary(of text: String, limit: Int) -> String {
        let scalars = trimmed(Array(text.unicodeScalars)[...])
        guard scalars.count > limit else { return string(scalars) }
        guard limit > 0 else { return "" }
        var end = scalars.startIndex
        for position in scalars.indices.prefix(limit) where endsSentence(at: position, in: scalars) {
            end = position + 1
        }
        let sentences = trimmed(scalars[..<end])
        return sentences.isEmpty ? shortened(scalars, limit: limit) : string(sentences)
    }

    private static func endsSentence(at position: Int, in text: ArraySlice<Unicode.Scalar>) -> Bool {
        switch text[position] {
        case "\n", "\r", "\u{2028}", "\u{2029}", "。", "！", "？": return true
        case ".", "!", "?", "…":
            let next = position + 1
            return next == text.endIndex || text[next].properties.isWhitespace
        case "\"", "'", ")", "”", "’", "」", "』":
            // A quotation that ends with a sentence belongs to it.
            let next = position + 1
            let closes = next == text.endIndex || text[next].properties.isWhitespace || text[next].standsAlone
            return closes && position > text.startIndex && ".!?。！？".unicodeScalars.contains(text[position - 1])
        default: return false
        }
    }

    /// The beginning of one long sentence, cut between two words, or inside a word when there is no other place.
    private static func shortened(_ text: ArraySlice<Unicode.Scalar>, limit: Int) -> String {
        let room = text.prefix(limit - 1)
        let next = room.endIndex
        var kept = room
        if next < text.endIndex, !text[next].properties.isWhitespace,
            let space = room.lastIndex(where: \.properties.isWhitespace)
        {
            kept = room[..<space]
        }
        let words = trimmed(kept)
        return string(words.isEmpty ? room : words) + "…"
    }

    private static func trimmed(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        let start = text.drop { $0.properties.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.properties.isWhitespace }) else { return [] }
        return start[...last]
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
