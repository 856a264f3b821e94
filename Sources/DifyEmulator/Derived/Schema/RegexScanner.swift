/// Goes through the text of a regular expression.
struct RegexScanner {
    /// The expression uses what is not known here, or is none.
    struct NotUnderstood: Error {}

    private var rest: ArraySlice<Unicode.Scalar>

    init(_ pattern: String) { rest = Array(pattern.unicodeScalars)[...] }

    var peek: Unicode.Scalar? { rest.first }

    mutating func next() throws(NotUnderstood) -> Unicode.Scalar {
        guard let scalar = rest.popFirst() else { throw NotUnderstood() }
        return scalar
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number() -> Int? {
        let digits = rest.prefix(7).prefix { ("0"..."9").contains($0) }
        rest.removeFirst(digits.count)
        return Int(String(String.UnicodeScalarView(digits)))
    }

    mutating func hexadecimal(_ count: Int) throws(NotUnderstood) -> UInt32 {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.properties.isASCIIHexDigit),
            let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
        else { throw NotUnderstood() }
        rest.removeFirst(count)
        return value
    }
}
