/// What may be spent on one schema, whatever it is spent on: reading keywords, making values, checking them, patterns.
///
/// One unit is about a microsecond of a debug build, or a few dozen bytes.
final class SchemaWork {
    private let half: Int
    private var remaining: Int

    init(_ amount: Int) { (half, remaining) = (amount / 2, amount) }

    var isHalfSpent: Bool { remaining < half }
    var isUsedUp: Bool { remaining <= 0 }

    /// - Returns: Whether there was so much left. Once there was not, there is nothing left for anything else.
    func spend(_ amount: Int) -> Bool {
        remaining = amount < remaining ? remaining - amount : 0
        return remaining > 0
    }
}
