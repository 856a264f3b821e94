/// Writes a text that a regular expression matches.
struct RegexText {
    /// Longest text that is written.
    static let maximumLength = 100_000

    private var output: [Unicode.Scalar] = []
    /// How many characters open repetitions should still add.
    private var surplus: Int
    /// Chooses among the texts that fit; what is left of it after the choices made so far.
    private var variation: Int
    private var groups: [Int: [Unicode.Scalar]] = [:]
    private var work = 200_000

    /// A text as short as the expression allows, but of so many characters if repetitions can give them. Conditions
    /// that look around are left to chance.
    ///
    /// - Parameter variation: Another number gives another text, as far as the expression has others.
    /// - Returns: nil when no character fits some place, or the text would be too long.
    static func text(for syntax: RegexSyntax, length: Int, variation: Int) -> String? {
        guard let shortest = attempt(syntax, surplus: 0, variation) else { return nil }
        let missing = min(length, maximumLength) - shortest.count
        let text = missing > 0 ? attempt(syntax, surplus: missing, variation) ?? shortest : shortest
        return String(String.UnicodeScalarView(text))
    }

    private static func attempt(_ syntax: RegexSyntax, surplus: Int, _ variation: Int) -> [Unicode.Scalar]? {
        var writer = RegexText(surplus: surplus, variation: variation)
        return writer.write(syntax) ? writer.output : nil
    }

    private init(surplus: Int, variation: Int) {
        self.surplus = surplus
        self.variation = variation
    }

    private mutating func write(_ syntax: RegexSyntax) -> Bool {
        work -= 1
        guard work > 0, output.count <= Self.maximumLength else { return false }
        switch syntax {
        case .sequence(let parts):
            for part in parts where !write(part) { return false }
            return true
        case .choice(let branches): return write(branches[choose(branches.count)])
        case .character(let set): return write(set.samples)
        case .repetition(let part, let minimum, let maximum): return write(part, minimum, maximum)
        case .group(let number, let content):
            let start = output.count
            guard write(content) else { return false }
            groups[number] = Array(output[start...])
            return true
        case .backReference(let number):
            output += groups[number] ?? []
            return true
        case .position, .look: return true
        }
    }

    private mutating func write(_ samples: [Unicode.Scalar]) -> Bool {
        guard !samples.isEmpty else { return false }
        // Neighbours differ: "abc" reads better than "aaa".
        let place = output.count
        output.append(samples[(place + choose(samples.count)) % samples.count])
        return true
    }

    private mutating func write(_ part: RegexSyntax, _ minimum: Int, _ maximum: Int?) -> Bool {
        var samples: [Unicode.Scalar]?
        if case .character(let set) = part { samples = set.samples }
        var count = 0
        while count < minimum || (surplus > 0 && count < maximum ?? Int.max) {
            let before = output.count
            let isWritten = if let samples { write(samples) } else { write(part) }
            guard isWritten, output.count <= Self.maximumLength else { return false }
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
