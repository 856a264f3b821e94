/// A regular expression as it is written, in the dialect of JSON schemas (ECMA 262 and Python's `re` where they agree).
///
/// Swift's own `Regex` can neither be asked for a text that it matches nor be stopped when an expression backtracks
/// without end, and schemas come from callers.
indirect enum RegexSyntax: Sendable {
    case sequence([RegexSyntax])
    case choice([RegexSyntax])
    /// One character of a set.
    case character(ScalarSet)
    /// At least so often; without a maximum as often as one likes.
    case repetition(RegexSyntax, minimum: Int, maximum: Int?)
    /// A group that a back reference may name by its number.
    case group(Int, RegexSyntax)
    case backReference(Int)
    case position(Position)
    /// What must, or must not, follow.
    case ahead(RegexSyntax, isNegative: Bool)

    /// A place in the text that takes no character.
    enum Position: Sendable {
        case start, end, wordBoundary, noWordBoundary
    }
}
