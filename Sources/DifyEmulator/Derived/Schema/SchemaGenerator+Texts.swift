import DifyProtocol

extension SchemaGenerator {
    /// Longest text that is made.
    private static let maximumLength = 100_000

    /// A text: in the format, or the value's own name, or one that the patterns match.
    mutating func text(_ facts: SchemaFacts, _ schemas: [JSONValue], _ place: SchemaPlace) -> SchemaDraft {
        let plain = words(facts, place)
        // Where the check cannot tell, only a text written after the pattern is likely to match it.
        let canTell = facts.patterns.allSatisfy { check.isFound($0, in: "") != nil }
        for text in canTell ? plain : [] where check.accepts(.string(text), all: schemas) {
            return SchemaDraft(value: .string(text), isValid: true)
        }
        for text in patternTexts(facts, place) + plain where check.accepts(.string(text), all: schemas) {
            return SchemaDraft(value: .string(text), isValid: true)
        }
        return SchemaDraft(value: .string(plain.first ?? ""), isValid: false)
    }

    /// Texts that can be read, the most fitting first.
    private func words(_ facts: SchemaFacts, _ place: SchemaPlace) -> [String] {
        var texts: [String] = []
        if let format = facts.format, let text = formatted(format, place) {
            texts.append(text)
            let missing = min(facts.minimumLength, Self.maximumLength) - text.unicodeScalars.count
            if missing > 0 {
                let filler = String(repeating: "x", count: missing)
                texts.append(format.hasPrefix("ur") || format.hasPrefix("ir") ? text + filler : filler + text)
            }
        }
        texts.append(word(facts, place))
        guard !facts.patterns.isEmpty else { return texts }
        let slug = SchemaFormat.slug(place.name) + (place.ordinal == 0 ? "" : "-\(place.ordinal + 1)")
        let underscored = String(slug.map { $0 == "-" ? "_" : $0 })
        let joined = slug.filter { $0 != "-" }
        texts += [slug, underscored, joined, joined.uppercased(), underscored.uppercased(), slug.capitalizedWord]
        // Many patterns spell out a format.
        return texts + ["date", "date-time", "email", "uri", "uuid", "ipv4"].compactMap { formatted($0, place) }
    }

    private func formatted(_ format: String, _ place: SchemaPlace) -> String? {
        SchemaFormat.text(format, name: place.name, key: key, ordinal: place.ordinal)
    }

    /// The name as a text of the length that is asked for.
    private func word(_ facts: SchemaFacts, _ place: SchemaPlace) -> String {
        let name = place.name.unicodeScalars.prefix(200).split { $0 == "_" || $0 == " " }
            .map { String($0) }.joined(separator: " ")
        let maximum = min(facts.maximumLength, Self.maximumLength)
        var word = name.isEmpty ? "text" : name
        if place.ordinal > 0 {
            word += " \(place.ordinal + 1)"
            // What tells texts apart is the number, where there is no room for both.
            if word.unicodeScalars.count > maximum { word = String(place.ordinal, radix: 36) }
        }
        let minimum = min(facts.minimumLength, maximum)
        var scalars = Array(word.unicodeScalars)
        if scalars.count < minimum {
            scalars.append(" ")
            let period = scalars.count
            while scalars.count < minimum { scalars.append(scalars[scalars.count - period]) }
            if scalars.last == " " { scalars[scalars.count - 1] = scalars[0] }
        }
        return String(String.UnicodeScalarView(scalars.prefix(max(min(scalars.count, maximum), 0))))
    }

    /// Texts written after the patterns, and some that pass for many conditions, such as those of passwords.
    private mutating func patternTexts(_ facts: SchemaFacts, _ place: SchemaPlace) -> [String] {
        var texts: [String] = []
        let length = min(facts.minimumLength, Self.maximumLength)
        // Six characters read better than the one that most patterns are content with.
        let readable = min(max(length, 6), facts.maximumLength)
        for expression in facts.patterns {
            for variation in place.ordinal..<place.ordinal + 4 {
                guard let long = check.text(matching: expression, length: readable, variation: variation),
                    let short = check.text(matching: expression, length: length, variation: variation)
                else { break }
                texts += [long, short]
                let missing = length - short.unicodeScalars.count
                guard missing > 0 else { continue }
                // An expression without anchors leaves room around what it finds.
                let filler = String(repeating: "a", count: missing)
                texts += [short + filler, filler + short]
            }
        }
        guard !facts.patterns.isEmpty else { return [] }
        let room = min(max(length, 12), facts.maximumLength)
        let mixed = ["Aa1!bC2?", "Aa1bC2", "aB1_-."].map { beginning in
            String(repeating: beginning, count: room / beginning.count + 1).prefix(room)
        }
        return texts + mixed.map(String.init) + ["Abc12345", "abc123", "ABC-123", "1", ""]
    }
}

extension String {
    /// With a capital first letter.
    fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
