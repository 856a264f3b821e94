import DifyProtocol

extension SchemaGenerator {
    /// 1, or the number nearest to it that the bounds and divisors allow.
    func number(
        _ facts: SchemaFacts, _ schemas: [JSONValue], _ place: SchemaPlace, isWhole: Bool
    ) -> SchemaDraft {
        var candidates: [JSONNumber] = []
        if let whole = WholeNumbers(facts).number(place.ordinal) { candidates.append(JSONNumber(whole)) }
        if !isWhole { candidates += Self.fractions(facts, place.ordinal) }
        candidates += [JSONNumber(0), JSONNumber(-1)] + facts.lower.map(\.limit) + facts.upper.map(\.limit)
        for candidate in candidates where check.accepts(.number(candidate), all: schemas) {
            return SchemaDraft(value: .number(candidate), isValid: true)
        }
        return SchemaDraft(value: .number(candidates.first ?? JSONNumber(1)), isValid: false)
    }

    /// Numbers between the bounds that need not be whole.
    private static func fractions(_ facts: SchemaFacts, _ ordinal: Int) -> [JSONNumber] {
        let lowest = facts.lower.map(\.limit.double).max()
        let highest = facts.upper.map(\.limit.double).min()
        var numbers: [JSONNumber] = []
        for divisor in facts.divisors {
            // One multiple further than the bound, should the division have been rounded.
            let first = ((lowest ?? highest.map { $0 - 4 * divisor.double } ?? 0) / divisor.double).rounded(.down)
            for step in 0...4 where first.magnitude < 1e15 {
                numbers += multiples(of: divisor, Int(first) + ordinal + step)
            }
        }
        if let lowest, let highest {
            let share = Double(ordinal + 1) / Double(ordinal + 2)
            numbers.append(JSONNumber(lowest + (highest - lowest) * share))
        }
        if let lowest { numbers += [JSONNumber(lowest + 1), JSONNumber(lowest.nextUp), JSONNumber(lowest * 2)] }
        if let highest { numbers += [JSONNumber(highest - 1), JSONNumber(highest.nextDown), JSONNumber(highest * 2)] }
        return numbers.filter(\.double.isFinite)
    }

    /// The multiple as exact decimal text when the divisor is a plain decimal, and as computed.
    private static func multiples(of divisor: JSONNumber, _ factor: Int) -> [JSONNumber] {
        let product = JSONNumber(divisor.double * Double(factor))
        guard let decimal = DecimalAmount(divisor.literal)?.multiplied(by: abs(factor)) else { return [product] }
        return [JSONNumber(literal: (factor < 0 ? "-" : "") + decimal.trimmedText), product]
    }
}
