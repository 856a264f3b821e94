/// A regular expression made ready to search with, in time that grows with its length times the text's and no faster.
///
/// All ways through the expression are followed at once (Thompson's construction), so nothing backtracks.
struct RegexProgram: Sendable {
    /// One step of the way through an expression; the next one follows unless it says otherwise.
    enum Step: Sendable {
        case take(ScalarSet)
        case fork(Int, Int)
        case jump(Int)
        case position(RegexSyntax.Position)
        case look(Int, isNegative: Bool)
        case found
    }

    /// Most steps of one expression; counted repetitions are written out.
    private static let maximumSteps = 20_000

    private(set) var steps: [Step] = []
    private(set) var looks: [RegexProgram] = []
    /// Steps of the expressions around this one and inside it, which count towards the same maximum.
    private var otherSteps: Int

    /// - Returns: nil for expressions that cannot be followed so: back references, looking behind, and very long ones.
    init?(_ syntax: RegexSyntax) { self.init(syntax, otherSteps: 0) }

    private init?(_ syntax: RegexSyntax, otherSteps: Int) {
        self.otherSteps = otherSteps
        guard append(syntax) else { return nil }
        steps.append(.found)
    }

    /// Whether the text holds a match, anywhere; nil when that takes more work than there is left.
    func isFound(in text: String, work: inout Int) -> Bool? {
        isFound(in: Array(text.unicodeScalars), from: 0, isAnchored: false, work: &work)
    }

    /// - Parameter isAnchored: Whether the match must begin at `start`.
    func isFound(
        in text: [Unicode.Scalar], from start: Int, isAnchored: Bool, work: inout Int
    ) -> Bool? {
        var search = RegexSearch(program: self, text: text, work: work)
        defer { work = search.work }
        for position in start...text.count {
            if !isAnchored || position == start { search.enter(0, at: position) }
            if let result = search.result { return result }
            if search.gaveUp { return nil }
            guard position < text.count else { break }
            search.take(text[position], at: position)
            if isAnchored, search.isDead { break }
        }
        return search.gaveUp ? nil : search.result ?? false
    }

    // MARK: - Compiling

    /// - Returns: false when the expression cannot be compiled.
    private mutating func append(_ syntax: RegexSyntax) -> Bool {
        guard steps.count + otherSteps < Self.maximumSteps else { return false }
        switch syntax {
        case .sequence(let parts):
            for part in parts where !append(part) { return false }
        case .choice(let branches): return append(branches)
        case .character(let set): steps.append(.take(set))
        case .repetition(let part, let minimum, let maximum):
            return append(part, minimum: minimum, maximum: maximum)
        case .group(_, let content): return append(content)
        case .position(let position): steps.append(.position(position))
        case .look(let content, true, let isNegative):
            guard let program = RegexProgram(content, otherSteps: steps.count + otherSteps) else { return false }
            otherSteps = program.steps.count + program.otherSteps - steps.count
            looks.append(program)
            steps.append(.look(looks.count - 1, isNegative: isNegative))
        case .look, .backReference: return false
        }
        return true
    }

    private mutating func append(_ branches: [RegexSyntax]) -> Bool {
        var ends: [Int] = []
        for branch in branches.dropLast() {
            let fork = steps.count
            steps.append(.jump(0))
            guard append(branch) else { return false }
            ends.append(steps.count)
            steps.append(.jump(0))
            steps[fork] = .fork(fork + 1, steps.count)
        }
        if let last = branches.last, !append(last) { return false }
        for end in ends { steps[end] = .jump(steps.count) }
        return true
    }

    private mutating func append(_ part: RegexSyntax, minimum: Int, maximum: Int?) -> Bool {
        for _ in 0..<minimum {
            let before = steps.count
            guard append(part) else { return false }
            // A part without steps could be repeated a million times for nothing.
            if steps.count == before { return true }
        }
        guard let maximum else {
            let fork = steps.count
            steps.append(.jump(0))
            guard append(part) else { return false }
            steps.append(.jump(fork))
            steps[fork] = .fork(fork + 1, steps.count)
            return true
        }
        var forks: [Int] = []
        for _ in 0..<(maximum - minimum) {
            forks.append(steps.count)
            steps.append(.jump(0))
            guard append(part) else { return false }
        }
        for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
        return true
    }
}
