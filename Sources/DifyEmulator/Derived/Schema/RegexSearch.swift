/// One search: the places of the expression that are reached after the characters read so far.
struct RegexSearch {
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
