/// Searches a text for a match. All ways through the expression are followed at once, so nothing backtracks.
struct RegexMatch {
    private let text: [Unicode.Scalar]
    private let work: SchemaWork
    private var canTell = true

    /// Whether the text holds a match, anywhere; nil when that takes more work than there is left, or the expression
    /// repeats a group by a back reference, which ways followed at once have no memory for.
    static func isFound(_ syntax: RegexSyntax, in text: String, _ work: SchemaWork) -> Bool? {
        guard work.spend(text.utf8.count) else { return nil }
        var match = RegexMatch(text: Array(text.unicodeScalars), work: work)
        let isFound = !match.ends(of: syntax, from: Array(0...match.text.count)).isEmpty
        return match.canTell && !work.isUsedUp ? isFound : nil
    }

    private init(text: [Unicode.Scalar], work: SchemaWork) {
        self.text = text
        self.work = work
    }

    /// Where matches end that begin at one of these places; both in order.
    private mutating func ends(of syntax: RegexSyntax, from starts: [Int]) -> [Int] {
        guard !starts.isEmpty, work.spend(4 + starts.count) else { return [] }
        switch syntax {
        case .sequence(let parts):
            var places = starts
            for part in parts where !places.isEmpty { places = ends(of: part, from: places) }
            return places
        case .choice(let branches):
            var places: Set<Int> = []
            for branch in branches { places.formUnion(ends(of: branch, from: starts)) }
            return places.sorted()
        case .character(let set):
            guard work.spend(starts.count * (1 + set.ranges.count / 4)) else { return [] }
            return starts.filter { $0 < text.count && set.contains(text[$0]) }.map { $0 + 1 }
        case .repetition(let part, let minimum, let maximum):
            return ends(of: part, minimum, maximum, from: starts)
        case .group(_, let content): return ends(of: content, from: starts)
        case .backReference:
            canTell = false
            return starts
        case .position(let position): return starts.filter { isAt(position, $0) }
        case .ahead(let content, let isNegative):
            var places: [Int] = []
            for start in starts where ends(of: content, from: [start]).isEmpty == isNegative { places.append(start) }
            return places
        }
    }

    private mutating func ends(of part: RegexSyntax, _ minimum: Int, _ maximum: Int?, from starts: [Int]) -> [Int] {
        var places = starts
        for _ in 0..<minimum {
            let next = ends(of: part, from: places)
            // From here on, more of the part leads nowhere else.
            if next == places { break }
            places = next
        }
        var reached = Set(places)
        var count = minimum
        while !places.isEmpty, count < maximum ?? .max {
            places = ends(of: part, from: places).filter { reached.insert($0).inserted }
            count += 1
        }
        return reached.sorted()
    }

    private func isAt(_ position: RegexSyntax.Position, _ place: Int) -> Bool {
        switch position {
        case .start: place == 0
        case .end: place == text.count
        case .wordBoundary: isWord(place - 1) != isWord(place)
        case .noWordBoundary: isWord(place - 1) == isWord(place)
        }
    }

    private func isWord(_ place: Int) -> Bool {
        text.indices.contains(place) && ScalarSet.word.contains(text[place])
    }
}
