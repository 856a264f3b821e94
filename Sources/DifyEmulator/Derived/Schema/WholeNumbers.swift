import DifyProtocol

/// The whole numbers that the bounds and divisors of schemas allow, as far as an integer holds them.
struct WholeNumbers {
    /// Wide enough for sums and products of integers.
    private var lowest = Int128(Int.min)
    private var highest = Int128(Int.max)
    /// All of them are multiples of this.
    private var step: Int128 = 1

    init(_ facts: SchemaFacts) {
        for bound in facts.lower { lowest = max(lowest, Self.first(in: bound, .up)) }
        for bound in facts.upper { highest = min(highest, Self.first(in: bound, .down)) }
        for divisor in facts.divisors {
            guard let other = divisor.integer ?? DecimalAmount(divisor.literal)?.wholeMultiple else { continue }
            // A step beyond the range of integers stays there: zero is its only multiple.
            step = min(step / Self.commonDivisor(step, Int128(other)) * Int128(other), Int128(Int.max) * 2)
        }
    }

    /// The number nearest to 1, or with an ordinal one of those that follow it, around again from the highest on.
    func number(_ ordinal: Int) -> Int? {
        let anchor = min(max(1, lowest), highest)
        // Beyond a bound that is missing lie numbers enough for every ordinal.
        let reach = step * 4000
        let first = roundedUp(max(lowest, anchor - reach)) / step
        let last = roundedUp(min(highest, anchor + reach) - step + 1) / step
        guard lowest <= highest, first <= last else { return nil }
        let start = min(roundedUp(anchor) / step, last)
        return Int(exactly: (first + (start - first + Int128(ordinal)) % (last - first + 1)) * step)
    }

    /// The nearest multiple of the step from a number on.
    private func roundedUp(_ number: Int128) -> Int128 {
        let remainder = number % step
        return remainder > 0 ? number - remainder + step : number - remainder
    }

    /// The first whole number on the allowed side of a bound.
    private static func first(in bound: SchemaBound, _ side: FloatingPointRoundingRule) -> Int128 {
        let next: Int128 = side == .up ? 1 : -1
        if let limit = bound.limit.integer { return Int128(limit) + (bound.isExclusive ? next : 0) }
        // Twice the range of integers is out of it, whatever is added.
        let limit = min(max(bound.limit.double, -0x1p64), 0x1p64)
        let whole = limit.rounded(side)
        return Int128(whole) + (bound.isExclusive && whole == limit ? next : 0)
    }

    private static func commonDivisor(_ first: Int128, _ second: Int128) -> Int128 {
        var (first, second) = (first, second)
        while second != 0 { (first, second) = (second, first % second) }
        return first
    }
}
