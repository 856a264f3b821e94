/// Writes a text that a regular expression matches.
struct RegexText {
    private var output: [Unicode.Scalar] = []
    /// How many characters open repetitions should still add.
    private var surplus: Int
    /// Chooses among the texts that fit; what is left of it after the choices made so far.
    private var variation: Int
    private var groups: [Int: [Unicode.Scalar]] = [:]
    private let work: SchemaWork

    /// A text as short as the expression allows, but of so many characters if repetitions can give them. Conditions
    /// that look around are left to chance.
    ///
    /// - Parameter variation: Another number gives another text, as far as the expression has others.
    /// - Returns: nil when no character fits some place, or the text would be too long.
    static func text(for syntax: RegexSyntax, length: Int, variation: Int, _ work: SchemaWork) -> String? {
        guard let shortest = attempt(syntax, surplus: 0, variation, work) else { return nil }
        let missing = min(length, SchemaValue.maximumLength) - shortest.count
        let text = missing > 0 ? attempt(syntax, surplus: missing, variation, work) ?? shortest : shortest
        return String(String.UnicodeScalarView(text))
    }

    private static func attempt(
        _ syntax: RegexSyntax, surplus: Int, _ variation: Int, _ work: SchemaWork
    ) -> [Unicode.Scalar]? {
        var writer = RegexText(surplus: surplus, variation: variation, work: work)
        return writer.write(syntax) ? writer.output : nil
    }

    private init(surplus: Int, variation: Int, work: SchemaWork) {
        self.surplus = surplus
        self.variation = variation
        self.work = work
    }

    /// - Returns: false when the text must be given up.
    private mutating func write(_ syntax: RegexSyntax) -> Bool {
        guard work.spend(4), output.count <= SchemaValue.maximumLength else { return false }
        switch syntax {
        case .sequence(let parts):
            for part in parts where !write(part) { return false }
            return true
        case .choice(let branches): return write(branches[choose(branches.count)])
        case .character(let set): return write(samples(of: set))
        case .repetition(let part, let minimum, let maximum): return write(part, minimum, maximum)
        case .group(let number, let content):
            let start = output.count
            guard write(content), work.spend(output.count - start) else { return false }
            groups[number] = Array(output[start...])
            return true
        case .backReference(let number):
            let content = groups[number] ?? []
            output += content
            return work.spend(content.count)
        case .position, .ahead: return true
        }
    }

    private func samples(of set: ScalarSet) -> [Unicode.Scalar] {
        work.spend(20 + 20 * set.ranges.count) ? set.samples : []
    }

    private mutating func write(_ samples: [Unicode.Scalar]) -> Bool {
        guard !samples.isEmpty, work.spend(1) else { return false }
        // Neighbours differ: "abc" reads better than "aaa".
        let place = output.count
        output.append(samples[(place + choose(samples.count)) % samples.count])
        return true
    }

    private mutating func write(_ part: RegexSyntax, _ minimum: Int, _ maximum: Int?) -> Bool {
        var known: [Unicode.Scalar]?
        if case .character(let set) = part { known = samples(of: set) }
        var count = 0
        while count < minimum || (surplus > 0 && count < maximum ?? .max) {
            let before = output.count
            let isWritten = if let known { write(known) } else { write(part) }
            guard isWritten, output.count <= SchemaValue.maximumLength else { return false }
            if output.count == before { break }
            if count >= minimum { surplus -= output.count - before }
            count += 1
        }
        return true
    }

    /// One of so many possibilities.
    private mutating func choose(_ count: Int) -> Int {
        defer { variation /= count }
        return variation % count
    }
}
