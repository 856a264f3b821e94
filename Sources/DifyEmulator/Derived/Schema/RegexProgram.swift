/// A regular expression made ready to search with, in time that grows with its length times the text's and no faster.
///
/// All ways through the expression are followed at once (Thompson's construction), so nothing backtracks.
struct RegexProgram: Sendable {
    fileprivate enum Step: Sendable {
        case take(ScalarSet)
        case fork(Int, Int)
        case jump(Int)
        case position(RegexSyntax.Position)
        case look(Int, isNegative: Bool)
        case found
    }

    /// Most steps of one expression; counted repetitions are written out.
    private static let maximumSteps = 20_000
    /// Most work of one search.
    private static let maximumWork = 1_000_000

    fileprivate private(set) var steps: [Step] = []
    fileprivate private(set) var looks: [RegexProgram] = []
    /// Steps of the expressions around this one and inside it, which count towards the same maximum.
    private var otherSteps: Int

    /// - Returns: nil for expressions that cannot be followed so: back references, looking behind, and very long ones.
    init?(_ syntax: RegexSyntax) { self.init(syntax, otherSteps: 0) }

    private init?(_ syntax: RegexSyntax, otherSteps: Int) {
        self.otherSteps = otherSteps
        guard append(syntax) else { return nil }
        steps.append(.found)
    }

    /// Whether the text holds a match, anywhere; nil when it takes too long to tell.
    func isFound(in text: String) -> Bool? {
        var work = Self.maximumWork
        return isFound(in: Array(text.unicodeScalars), from: 0, isAnchored: false, work: &work)
    }

    fileprivate func isFound(
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

/// One search: the places of the expression that are reached after the characters read so far.
private struct RegexSearch {
    let program: RegexProgram
    let text: [Unicode.Scalar]
    /// What may still be spent.
    var work: Int
    private(set) var result: Bool?
    private var reached: [Int] = []
    /// The position in the text at which a step was last reached.
    private var marks: [Int]

    init(program: RegexProgram, text: [Unicode.Scalar], work: Int) {
        self.program = program
        self.text = text
        self.work = work - program.steps.count
        marks = [Int](repeating: -1, count: program.steps.count)
    }

    var gaveUp: Bool { work < 0 }
    var isDead: Bool { reached.isEmpty }

    /// Follows everything that takes no character.
    mutating func enter(_ step: Int, at position: Int) {
        var pending = [step]
        while let index = pending.popLast(), result == nil, work >= 0 {
            work -= 1
            guard marks[index] != position else { continue }
            marks[index] = position
            switch program.steps[index] {
            case .take: reached.append(index)
            case .jump(let target): pending.append(target)
            case .fork(let first, let second): pending += [second, first]
            case .position(let place): if isAt(place, position) { pending.append(index + 1) }
            case .look(let look, let isNegative):
                let isThere = program.looks[look].isFound(in: text, from: position, isAnchored: true, work: &work)
                if isThere == !isNegative { pending.append(index + 1) }
            case .found: result = true
            }
        }
    }

    /// Reads one character.
    mutating func take(_ scalar: Unicode.Scalar, at position: Int) {
        let before = reached
        reached = []
        for index in before {
            work -= 1
            if case .take(let set) = program.steps[index], set.contains(scalar) { enter(index + 1, at: position + 1) }
        }
    }

    private func isAt(_ place: RegexSyntax.Position, _ position: Int) -> Bool {
        switch place {
        case .start: position == 0
        case .end: position == text.count
        case .wordBoundary: isWord(position - 1) != isWord(position)
        case .noWordBoundary: isWord(position - 1) == isWord(position)
        }
    }

    private func isWord(_ position: Int) -> Bool {
        text.indices.contains(position) && ScalarSet.word.contains(text[position])
    }
}
