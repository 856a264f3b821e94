import DifyProtocol

extension SchemaGenerator {
    /// A text: in the format, or the value's own name, or one that the patterns match.
    func text(_ facts: SchemaFacts, _ schemas: [JSONValue], _ place: SchemaPlace) -> SchemaDraft {
        let plain = words(facts, place)
        // Where the check cannot tell, only a text written after the pattern is likely to match it.
        let canTell = facts.patterns.allSatisfy { document.isFound($0, in: "") != nil }
        for text in canTell ? plain : [] where check.accepts(.string(text), all: schemas) {
            return SchemaDraft(value: .string(text), isValid: true)
        }
        for expression in facts.patterns {
            for text in texts(matching: expression, facts, place) where check.accepts(.string(text), all: schemas) {
                return SchemaDraft(value: .string(text), isValid: true)
            }
        }
        for text in mixed(facts) + plain where check.accepts(.string(text), all: schemas) {
            return SchemaDraft(value: .string(text), isValid: true)
        }
        return SchemaDraft(value: .string(plain.first ?? ""), isValid: false)
    }

    /// Texts that can be read, the most fitting first.
    private func words(_ facts: SchemaFacts, _ place: SchemaPlace) -> [String] {
        let minimum = min(facts.lengths.minimum, SchemaValue.maximumLength)
        guard document.work.spend(minimum / 4) else { return [] }
        var texts: [String] = []
        if let format = facts.format, let text = formatted(format, place) {
            texts.append(text)
            let filler = String(repeating: "x", count: max(minimum - text.unicodeScalars.count, 0))
            if !filler.isEmpty { texts.append(text.hasPrefix("http") ? text + filler : filler + text) }
        }
        texts.append(word(facts, place))
        guard !facts.patterns.isEmpty, document.work.spend(100) else { return texts }
        let slug = SchemaFormat.slug(place.name) + (place.ordinal == 0 ? "" : "-\(place.ordinal + 1)")
        let underscored = slug.replacing("-", with: "_")
        let joined = slug.replacing("-", with: "")
        texts += [slug, underscored, joined, joined.uppercased(), underscored.uppercased()]
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
        let maximum = min(facts.lengths.maximum, SchemaValue.maximumLength)
        let minimum = min(facts.lengths.minimum, maximum)
        var word = name.isEmpty ? "text" : name
        if place.ordinal > 0 {
            word += " \(place.ordinal + 1)"
            // What tells texts apart is the number, where there is no room for both.
            if word.unicodeScalars.count > maximum { word = String(place.ordinal, radix: 36) }
        }
        let count = word.unicodeScalars.count
        if count < minimum { word = String(repeating: word + " ", count: minimum / (count + 1) + 1) }
        var scalars = word.unicodeScalars.prefix(count < minimum ? minimum : maximum)
        if scalars.last == " ", count < minimum {
            scalars.removeLast()
            scalars.append("x")
        }
        return String(scalars)
    }

    /// Texts written after a pattern.
    private func texts(matching expression: String, _ facts: SchemaFacts, _ place: SchemaPlace) -> [String] {
        var texts: [String] = []
        let length = min(facts.lengths.minimum, SchemaValue.maximumLength)
        // Six characters read better than the one that most patterns are content with.
        let readable = min(max(length, 6), facts.lengths.maximum)
        for variation in place.ordinal..<place.ordinal + 4 {
            guard let long = document.text(matching: expression, length: readable, variation: variation),
                let short = document.text(matching: expression, length: length, variation: variation)
            else { break }
            texts += [long, short]
            let missing = length - short.unicodeScalars.count
            guard missing > 0, document.work.spend(missing / 4) else { continue }
            // An expression without anchors leaves room around what it finds.
            let filler = String(repeating: "a", count: missing)
            texts += [short + filler, filler + short]
        }
        return texts
    }

    /// Texts that pass for many conditions, such as those of passwords.
    private func mixed(_ facts: SchemaFacts) -> [String] {
        let length = min(facts.lengths.minimum, SchemaValue.maximumLength)
        guard !facts.patterns.isEmpty, document.work.spend(length) else { return [] }
        let room = min(max(length, 12), facts.lengths.maximum)
        let long = ["Aa1!bC2?", "Aa1bC2", "aB1_-."].map { beginning in
            String(String(repeating: beginning, count: room / beginning.count + 1).prefix(room))
        }
        return long + ["Abc12345", "abc123", "ABC-123", "1", ""]
    }
}
