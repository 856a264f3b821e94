/// How Dify's JSON writers spell numbers with a fraction. Integers look alike everywhere.
public enum NumberForm: Sendable, Hashable {
    /// pydantic's: `1e16`, `1e-7`, `0.00001`.
    case pydantic
    /// `ujson`'s, which writes the bodies of Dify's APIs: `1e+16`, `1e-7`, `1e-5`.
    case ujson
    /// Python's own `json`: `1e+16`, `1e-07`, `1e-05`.
    case python

    /// The value with its numbers as this writer spells them. What JSON cannot carry stays as it is.
    public func apply(to value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): .number(JSONNumber(literal: text(of: number)))
        case .array(let elements): .array(elements.map(apply))
        case .object(let object): .object(JSONObject(object.map { ($0.key, apply(to: $0.value)) }))
        case .null, .bool, .string: value
        }
    }

    private func text(of number: JSONNumber) -> String {
        if number.isInteger { return number.literal == "-0" ? "0" : number.literal }
        let value = number.double
        guard value.isFinite else { return JSONNumber(value).literal }
        if self == .python { return PythonNumber.repr(value) }
        let decimal = ShortestDecimal(value)
        // Both change to exponents at 10^16, but not where digits get small.
        let smallest = self == .pydantic ? -4 : -3
        return decimal.point > 16 || decimal.point < smallest ? scientific(decimal) : decimal.plain
    }

    private func scientific(_ decimal: ShortestDecimal) -> String {
        let exponent = decimal.point - 1
        let sign = self == .ujson && exponent > 0 ? "+" : ""
        return "\(decimal.mantissa)e\(sign)\(exponent)"
    }
}

/// The fewest decimal digits that read back as a double.
package struct ShortestDecimal: Sendable, Hashable {
    /// The digits without zeros at either end; empty for zero.
    package let digits: String
    /// How many of the digits stand before the decimal point; negative for zeros behind it.
    package let point: Int
    package let isNegative: Bool

    /// - Parameter value: A finite number.
    package init(_ value: Double) {
        isNegative = value.sign == .minus
        let halves = value.magnitude.description.split(separator: "e")
        let parts = (halves.first ?? "").split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts.first ?? ""
        let all = whole + (parts.count > 1 ? parts[1] : "")
        let significant = all.drop { $0 == "0" }
        var digits = String(significant)
        while digits.last == "0" { digits.removeLast() }
        self.digits = digits
        let exponent = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
        point = digits.isEmpty ? 1 : whole.count + exponent - (all.count - significant.count)
    }

    /// Without an exponent, with a fraction even where it is zero: `100.0`, `0.001`.
    package var plain: String {
        let sign = isNegative ? "-" : ""
        if digits.isEmpty { return sign + "0.0" }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) + ".0" }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// What stands before an exponent: `1`, `1.5`.
    package var mantissa: String {
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        return (isNegative ? "-" : "") + digits.prefix(1) + fraction
    }
}
