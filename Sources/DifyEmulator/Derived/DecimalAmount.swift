/// An exact decimal number, as prices are counted: never negative, at most 38 digits.
struct DecimalAmount: Sendable, Hashable {
    /// The digits as a whole number.
    private let digits: UInt128
    /// How many of the digits stand behind the point.
    private let scale: Int

    static let zero = DecimalAmount(digits: 0, scale: 0)

    private init(digits: UInt128, scale: Int) {
        self.digits = digits
        self.scale = scale
    }

    /// Reads what Python's `Decimal` reads, as far as prices go: digits, a point, an exponent.
    ///
    /// - Returns: nil for anything else, for negative numbers and for more than 18 digits before or behind the point.
    init?(_ text: String) {
        let parts = text.split(separator: "e", omittingEmptySubsequences: false)
        let halves = (parts.count == 1 ? text.split(separator: "E", omittingEmptySubsequences: false) : parts)
        guard halves.count <= 2, let mantissa = halves.first else { return nil }
        var exponent = 0
        if halves.count == 2 {
            guard let written = Int(halves[1]), (-18...18).contains(written) else { return nil }
            exponent = written
        }
        let sides = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        let written = sides.joined()
        guard sides.count <= 2, !written.isEmpty, written.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            written.utf8.count <= 36, let digits = UInt128(written)
        else { return nil }
        let scale = (sides.count == 2 ? sides[1].utf8.count : 0) - exponent
        guard (-18...18).contains(scale), digits < UInt128(1_000_000_000_000_000_000) else { return nil }
        self.init(digits: digits * (scale < 0 ? Self.power(-scale) : 1), scale: max(scale, 0))
    }

    /// The product; nil when it has too many digits.
    func multiplied(by other: DecimalAmount) -> DecimalAmount? {
        let (product, overflows) = digits.multipliedReportingOverflow(by: other.digits)
        return overflows ? nil : DecimalAmount(digits: product, scale: scale + other.scale)
    }

    /// So many pieces at this price; nil when that has too many digits.
    func multiplied(by count: Int) -> DecimalAmount? {
        multiplied(by: DecimalAmount(digits: UInt128(max(count, 0)), scale: 0))
    }

    /// With at most so many digits behind the point, halves upwards.
    func rounded(to places: Int) -> DecimalAmount {
        guard scale > places else { return self }
        guard scale - places < 38 else { return .zero }
        let unit = Self.power(scale - places)
        let whole = digits / unit
        return DecimalAmount(digits: digits % unit >= unit / 2 ? whole + 1 : whole, scale: places)
    }

    /// The sum of two amounts that are rounded to the same number of places.
    static func + (first: DecimalAmount, second: DecimalAmount) -> DecimalAmount {
        let scale = max(first.scale, second.scale)
        let (sum, overflows) = first.digits(at: scale).addingReportingOverflow(second.digits(at: scale))
        return overflows ? .zero : DecimalAmount(digits: sum, scale: scale)
    }

    /// The smallest whole number above zero that is a multiple of the amount; nil when there is none or it is too large.
    var wholeMultiple: Int? {
        var (larger, smaller) = (Self.power(scale), digits)
        while smaller > 0 { (larger, smaller) = (smaller, larger % smaller) }
        return digits == 0 ? nil : Int(exactly: digits / larger)
    }

    /// As the daemon writes it: plain, without zeros at the end.
    var trimmedText: String {
        var text = plainText
        guard scale > 0 else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// As Python's `str` writes it: zeros at the end kept, an exponent from the seventh place behind the point on.
    var pythonText: String {
        let text = String(digits)
        let leading = text.count - scale
        guard leading <= -6 else { return plainText }
        let rest = text.dropFirst()
        return "\(text.prefix(1))\(rest.isEmpty ? "" : ".")\(rest)E\(leading - 1)"
    }

    private var plainText: String {
        guard scale > 0 else { return String(digits) }
        let text = String(digits)
        let padded = String(repeating: "0", count: max(scale + 1 - text.count, 0)) + text
        return "\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }

    private func digits(at other: Int) -> UInt128 {
        let (product, overflows) = digits.multipliedReportingOverflow(by: Self.power(min(other - scale, 38)))
        return overflows ? 0 : product
    }

    private static func power(_ exponent: Int) -> UInt128 {
        (0..<exponent).reduce(UInt128(1)) { power, _ in power * 10 }
    }
}
