import DifyProtocol

/// The whole numbers that the bounds and divisors of schemas allow.
struct WholeNumbers {
    private let lowest: Int?
    private let highest: Int?
    /// All of them are multiples of this.
    private let step: Int

    /// - Returns: nil when the bounds or divisors lie beyond what an integer holds.
    init?(_ facts: SchemaFacts) {
        var lowest: Int?
        var highest: Int?
        var step = 1
        for bound in facts.lower {
            guard let first = Self.first(in: bound, towards: 1) else { return nil }
            lowest = max(lowest ?? first, first)
        }
        for bound in facts.upper {
            guard let last = Self.first(in: bound, towards: -1) else { return nil }
            highest = min(highest ?? last, last)
        }
        for divisor in facts.divisors {
            guard let other = divisor.integer ?? DecimalAmount(divisor.literal)?.wholeMultiple else { continue }
            let (multiple, overflows) = (step / Self.commonDivisor(step, other)).multipliedReportingOverflow(by: other)
            guard !overflows else { return nil }
            step = multiple
        }
        (self.lowest, self.highest, self.step) = (lowest, highest, step)
    }

    /// The number nearest to 1, or with an ordinal one of those that follow it, around again from the highest on.
    func number(_ ordinal: Int) -> Int? {
        let anchor = min(max(1, lowest ?? 1), highest ?? .max)
        // Beyond a bound that is missing lie numbers enough for every ordinal.
        let reach = step.multipliedReportingOverflow(by: 4000)
        guard !reach.overflow else { return step <= highest ?? .max && lowest ?? .min <= step ? step : nil }
        let (below, underflows) = anchor.subtractingReportingOverflow(reach.partialValue)
        let (above, overflows) = anchor.addingReportingOverflow(reach.partialValue)
        guard let first = multiple(from: max(lowest ?? .min, underflows ? .min : below), .up),
            let last = multiple(from: min(highest ?? .max, overflows ? .max : above), .down), first <= last
        else { return nil }
        let start = multiple(from: anchor, .up).flatMap { $0 <= last ? $0 : nil } ?? last
        // Both ends lie within eight thousand steps of each other, or within the bounds' own distance.
        let count = (last / step - first / step) + 1
        return first + (((start / step - first / step) + ordinal) % count) * step
    }

    private enum Direction { case up, down }

    /// The nearest multiple of the step from a number on; nil where integers end.
    private func multiple(from number: Int, _ direction: Direction) -> Int? {
        let remainder = number % step
        if remainder == 0 { return number }
        let towardsZero = number - remainder
        switch direction {
        case .up: return remainder < 0 ? towardsZero : Self.sum(towardsZero, step)
        case .down: return remainder > 0 ? towardsZero : Self.sum(towardsZero, -step)
        }
    }

    /// The first whole number on the allowed side of a bound; nil when there is none.
    private static func first(in bound: SchemaBound, towards direction: Int) -> Int? {
        if let limit = bound.limit.integer { return bound.isExclusive ? sum(limit, direction) : limit }
        let limit = bound.limit.double
        let whole = limit.rounded(direction > 0 ? .up : .down)
        guard whole.magnitude < 9e18 else {
            // A bound far out on its own side allows everything.
            return (whole < 0) == (direction > 0) ? (direction > 0 ? .min : .max) : nil
        }
        return bound.isExclusive && whole == limit ? sum(Int(whole), direction) : Int(whole)
    }

    private static func sum(_ first: Int, _ second: Int) -> Int? {
        let (sum, overflows) = first.addingReportingOverflow(second)
        return overflows ? nil : sum
    }

    private static func commonDivisor(_ first: Int, _ second: Int) -> Int {
        var (first, second) = (first, second)
        while second != 0 { (first, second) = (second, first % second) }
        return first
    }
}
