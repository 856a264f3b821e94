/// Finds what a mistyped name may have meant.
enum Nearest {
    /// The candidates closest to a name, best first: those that differ by case, then those within a third of its
    /// length in edits, then those that contain it.
    static func matches(_ name: String, in candidates: some Sequence<String>, limit: Int = 3) -> [String] {
        let wanted = name.lowercased()
        let scored = Set(candidates).compactMap { candidate -> (score: Int, name: String)? in
            let other = candidate.lowercased()
            if other == wanted { return (0, candidate) }
            // Longer names are compared by their beginnings: nobody mistypes so much.
            let edits = distance(Array(wanted.utf8.prefix(200)), Array(other.utf8.prefix(200)))
            if edits <= max(2, min(wanted.utf8.count, 200) / 3) { return (edits, candidate) }
            let isPart = !wanted.isEmpty && (other.contains(wanted) || (other.count > 2 && wanted.contains(other)))
            return isPart ? (1000 + edits, candidate) : nil
        }
        return scored.sorted { ($0.score, $0.name) < ($1.score, $1.name) }.prefix(limit).map(\.name)
    }

    /// The one candidate that a name of four letters or more most likely is a slip of: at most two letters off.
    static func mistyped(_ name: String, among candidates: some Sequence<String>) -> String? {
        guard name.count >= 4 else { return nil }
        return candidates.filter { distance(Array(name.utf8.prefix(200)), Array($0.utf8.prefix(200))) <= 2 }.min()
    }

    /// How many letters must be added, removed or changed to get from one text to the other.
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var previous = Array(0...second.count)
        for (row, letter) in first.enumerated() {
            var current = [row + 1]
            for (column, other) in second.enumerated() {
                let substitution = previous[column] + (letter == other ? 0 : 1)
                current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[second.count]
    }
}
