/// Texts that resemble another one, as Python's `difflib.get_close_matches` finds them.
enum CloseMatches {
    /// The three best ones, best first.
    static func of(_ text: String, among others: [String]) -> [String] {
        let scored = others.map { (ratio: ratio($0, text), text: $0) }.filter { $0.ratio >= 0.6 }
        return scored.sorted { ($1.ratio, $1.text) < ($0.ratio, $0.text) }.prefix(3).map(\.text)
    }

    /// Twice the length of what both share, over the length of both (`SequenceMatcher.ratio`).
    private static func ratio(_ first: String, _ second: String) -> Double {
        let (first, second) = (Array(first.utf8), Array(second.utf8))
        guard !first.isEmpty || !second.isEmpty else { return 1 }
        return 2 * Double(shared(first[...], second[...])) / Double(first.count + second.count)
    }

    /// How much is in the longest common run, and in what stands before and behind it.
    private static func shared(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Int {
        guard let run = longestRun(first, second) else { return 0 }
        return run.count + shared(first[..<run.start], second[..<run.other])
            + shared(first[(run.start + run.count)...], second[(run.other + run.count)...])
    }

    /// The longest run that both have; of equally long ones the first in the first text, then in the second.
    private static func longestRun(
        _ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>
    ) -> (start: Int, other: Int, count: Int)? {
        var best: (start: Int, other: Int, count: Int)?
        var lengths: [Int: Int] = [:]
        for start in first.indices {
            var next: [Int: Int] = [:]
            for other in second.indices where first[start] == second[other] {
                let count = lengths[other - 1, default: 0] + 1
                next[other] = count
                if count > best?.count ?? 0 { best = (start - count + 1, other - count + 1, count) }
            }
            lengths = next
        }
        return best
    }
}
