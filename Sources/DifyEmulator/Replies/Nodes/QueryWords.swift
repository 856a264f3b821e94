import DifyProtocol

/// A query as the canned extraction reads it: its words, and where they stand.
struct QueryWords {
    /// A run of letters and digits, a number, or one Chinese, Japanese or Korean character.
    struct Word {
        /// The word in lower case.
        let folded: String
        /// What it stands for, when it is a number.
        let number: JSONNumber?
        /// Where it stands in the text.
        let range: Range<String.Index>
    }

    /// The text that is read.
    let text: String
    /// Its words, in order.
    let words: [Word]

    /// How many characters of a query are read; what comes later is not looked at.
    static let maximumLength = 10_000
    /// The longest name that is looked for, in words.
    private static let maximumNameLength = 16
    /// How many places of a name are looked at.
    private static let maximumPlaces = 16
    private static let numerals = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]

    init(_ text: String) {
        self.text = String(text.unicodeScalars.prefix(Self.maximumLength))
        words = Self.words(of: self.text)
    }

    // MARK: - Names

    /// The words of a name: `home_town`, `homeTown` and `home-town` are two.
    static func nameWords(_ name: String) -> [String] {
        var spaced = String.UnicodeScalarView()
        for scalar in name.unicodeScalars.prefix(maximumLength) {
            let isCapital = scalar.properties.isUppercase
            if isCapital, let last = spaced.last, last.properties.isLowercase { spaced.append(" ") }
            spaced.append(scalar)
        }
        return words(of: String(spaced)).map(\.folded)
    }

    /// Where a name stands at first, as ranges of words; an `s` more or less at the end of a word does not matter.
    func places(of name: [String]) -> [Range<Int>] { places(of: name, upTo: Self.maximumPlaces, where: Self.isSame) }

    /// Whether a text occurs word for word, in any case.
    func holds(_ phrase: String) -> Bool {
        !places(of: Self.words(of: phrase).map(\.folded), upTo: 1, where: ==).isEmpty
    }

    private func places(
        of name: [String], upTo limit: Int, where isSame: (String, String) -> Bool
    ) -> [Range<Int>] {
        guard !name.isEmpty, name.count <= min(words.count, Self.maximumNameLength) else { return [] }
        var places: [Range<Int>] = []
        for start in 0...words.count - name.count where places.count < limit {
            let place = start..<start + name.count
            if zip(words[place], name).allSatisfy({ isSame($0.folded, $1) }) { places.append(place) }
        }
        return places
    }

    private static func isSame(_ word: String, _ name: String) -> Bool {
        if word == name { return true }
        let (short, long) = word.utf8.count < name.utf8.count ? (word, name) : (name, word)
        return short.utf8.count > 2 && long.utf8.count == short.utf8.count + 1 && long.hasSuffix("s")
            && long.hasPrefix(short)
    }

    // MARK: - Cutting

    private static func words(of text: String) -> [Word] {
        let scalars = text.unicodeScalars
        var words: [Word] = []
        var position = scalars.startIndex
        while position < scalars.endIndex {
            let isAfterWord = words.last?.range.upperBound == position
            if let end = numberEnd(from: position, in: scalars, isAfterWord: isAfterWord) {
                let digits = String(scalars[position..<end])
                words.append(Word(folded: digits, number: number(digits), range: position..<end))
                position = end
            } else if let end = wordEnd(from: position, in: scalars) {
                let folded = String(scalars[position..<end]).lowercased().replacing("\u{2019}", with: "'")
                let number = numerals.firstIndex(of: folded).map { JSONNumber($0) }
                words.append(Word(folded: folded, number: number, range: position..<end))
                position = end
            } else {
                position = scalars.index(after: position)
            }
        }
        return words
    }

    private static func number(_ text: String) -> JSONNumber? {
        let digits = text.filter { $0 != "," }
        return digits.contains(".")
            ? PythonNumber.float(from: digits).map { JSONNumber($0) } : PythonNumber.integer(from: digits)
    }

    /// `-3`, `1,500` and `2.5` are one number each. A hyphen between words is no sign.
    private static func numberEnd(
        from start: String.Index, in scalars: String.UnicodeScalarView, isAfterWord: Bool
    ) -> String.Index? {
        let isSigned = !isAfterWord && (scalars[start] == "-" || scalars[start] == "+")
        guard var end = digitsEnd(from: isSigned ? scalars.index(after: start) : start, in: scalars) else { return nil }
        while let group = digitsEnd(behind: ",", at: end, in: scalars), scalars.distance(from: end, to: group) == 4 {
            end = group
        }
        return digitsEnd(behind: ".", at: end, in: scalars) ?? end
    }

    private static func digitsEnd(
        behind sign: Unicode.Scalar, at position: String.Index, in scalars: String.UnicodeScalarView
    ) -> String.Index? {
        guard position < scalars.endIndex, scalars[position] == sign else { return nil }
        return digitsEnd(from: scalars.index(after: position), in: scalars)
    }

    private static func digitsEnd(from start: String.Index, in scalars: String.UnicodeScalarView) -> String.Index? {
        let end = scalars[start...].firstIndex { !("0"..."9").contains($0) } ?? scalars.endIndex
        return end == start ? nil : end
    }

    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "\u{2019}" }

    private static func wordEnd(from start: String.Index, in scalars: String.UnicodeScalarView) -> String.Index? {
        guard scalars[start].isWordPart else { return nil }
        var end = scalars.index(after: start)
        if scalars[start].standsAlone { return end }
        while end < scalars.endIndex {
            let next = scalars.index(after: end)
            if scalars[end].isWordPart, !scalars[end].standsAlone {
                end = next
            } else if isApostrophe(scalars[end]), next < scalars.endIndex, scalars[next].isWordPart {
                end = next
            } else {
                break
            }
        }
        return end
    }
}
