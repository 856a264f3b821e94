/// How values stand behind names in a query.
extension QueryWords {
    private static let announcing: Set<String> = ["is", "are", "was", "were", "be", "equals"]
    /// Words that lead over to what follows, and belong to no value at their end.
    private static let leading: Set<String> = [
        "a", "an", "and", "at", "but", "by", "for", "from", "in", "its", "last", "my", "next", "of", "on", "or", "our",
        "the", "to", "with",
    ]
    /// Signs of which ``sentenceEnds`` count inside a value only before a space: `2.5`, `https://dify.ai/?q=1`.
    private static let clauseEnds = listEnds.union([",", "\u{FF0C}", "\u{3001}", ")"]).union(sentenceEnds)
    private static let listEnds: Set<Unicode.Scalar> = [
        ";", "\n", "\r", "\u{FF1B}", "\u{3002}", "\u{FF01}", "\u{FF1F}",
    ]
    private static let sentenceEnds: Set<Unicode.Scalar> = [".", "!", "?"]
    private static let quotes: [Character: Character] = [
        "\"": "\"", "'": "'", "`": "`", "\u{201C}": "\u{201D}", "\u{2018}": "\u{2019}", "«": "»",
    ]

    // MARK: - Between words

    /// What stands between a word and the next one, or the end.
    func gap(behind word: Int) -> Substring {
        let end = word + 1 < words.count ? words[word + 1].range.lowerBound : text.endIndex
        return text[words[word].range.upperBound..<end]
    }

    /// Whether nothing ends a clause between a word and the next one.
    func isJoined(_ word: Int) -> Bool {
        guard word >= 0, word + 1 < words.count else { return false }
        return !gap(behind: word).unicodeScalars.contains { Self.clauseEnds.contains($0) }
    }

    /// Where a value begins that a colon, an equals sign or a form of "to be" announces behind a word.
    func announcement(behind word: Int) -> String.Index? {
        let gap = gap(behind: word)
        for index in gap.unicodeScalars.indices {
            let scalar = gap.unicodeScalars[index]
            if scalar == ":" || scalar == "=" || scalar == "\u{FF1A}" { return gap.unicodeScalars.index(after: index) }
            if Self.clauseEnds.contains(scalar) { return nil }
        }
        guard isJoined(word), Self.announcing.contains(words[word + 1].folded) else { return nil }
        return words[word + 1].range.upperBound
    }

    // MARK: - Values

    /// The text from a place to the end of its clause, or before the next name: what is quoted, if it begins so.
    func clause(from start: String.Index, before name: String.Index?) -> String {
        let rest = text[start...].drop(while: Self.isPadding)
        if let quoted = Self.quoted(rest) { return quoted }
        return String(rest[..<valueEnd(from: rest.startIndex, endingAt: Self.clauseEnds, before: name)])
            .trimmed(of: Self.isPadding)
    }

    /// The items of a list from a place to the end of its sentence, or before the next name.
    func items(from start: String.Index, before name: String.Index?) -> [String] {
        let rest = text[start...].drop(while: Self.isPadding)
        return rest[..<valueEnd(from: rest.startIndex, endingAt: Self.listEnds, before: name)].split(separator: ",")
            .flatMap { part in
                part.split(whereSeparator: \.isWhitespace).split { ["and", "or", "&"].contains($0.lowercased()) }
            }
            .map { $0.joined(separator: " ").trimmed { Self.isPadding($0) || Self.isBracketOrQuote($0) } }
            .filter { !$0.isEmpty }
    }

    private static func isPadding(_ character: Character) -> Bool {
        character.isWhitespace || character == ":" || character == "=" || character == "\u{FF1A}"
    }

    private static func isBracketOrQuote(_ character: Character) -> Bool {
        quotes[character] != nil || quotes.values.contains(character) || character == "[" || character == "]"
    }

    private static func quoted(_ text: Substring) -> String? {
        guard let opening = text.first, let closing = quotes[opening] else { return nil }
        let inside = text.dropFirst()
        return inside.firstIndex(of: closing).map { String(inside[..<$0]) }
    }

    /// Where a value ends: at the sign that ends its clause, or before the next name and what leads over to that.
    private func valueEnd(
        from start: String.Index, endingAt ends: Set<Unicode.Scalar>, before name: String.Index?
    ) -> String.Index {
        let end = clauseEnd(from: start, endingAt: ends)
        guard let name, name < end else { return end }
        var last = words.lastIndex { $0.range.upperBound <= name } ?? -1
        // "3 days": the number is that name's.
        if last >= 0, words[last].number != nil, isJoined(last) { last -= 1 }
        while last >= 0, Self.leading.contains(words[last].folded) { last -= 1 }
        return last >= 0 ? max(words[last].range.upperBound, start) : start
    }

    private func clauseEnd(from start: String.Index, endingAt ends: Set<Unicode.Scalar>) -> String.Index {
        let scalars = text.unicodeScalars
        var position = start
        while position < scalars.endIndex {
            let next = scalars.index(after: position)
            let isLast = next == scalars.endIndex || scalars[next].properties.isWhitespace
            if Self.sentenceEnds.contains(scalars[position]) ? isLast : ends.contains(scalars[position]) {
                return position
            }
            position = next
        }
        return position
    }
}

extension String {
    fileprivate func trimmed(of isPadding: (Character) -> Bool) -> String {
        guard let first = firstIndex(where: { !isPadding($0) }), let last = lastIndex(where: { !isPadding($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
