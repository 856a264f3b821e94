/// A JSON number by its text, so that `1` stays `1`, `1.0` stays `1.0` and no digit of a large integer is lost.
///
/// Documents read by Python's rules may also hold `NaN`, `Infinity` and `-Infinity`.
public struct JSONNumber: Sendable, Hashable {
    /// The number as it is written.
    public let literal: String

    /// A whole number.
    public init(_ value: Int) { literal = String(value) }

    /// A number with a fraction, written as Python writes it (`1.0`, `1e+20`; `NaN` and `Infinity` as its `json` does).
    public init(_ value: Double) {
        if value.isFinite {
            literal = PythonNumber.repr(value)
        } else {
            literal = value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
        }
    }

    /// Whether JSON can carry the number.
    var isFinite: Bool { literal.utf8.last != UInt8(ascii: "y") && literal != "NaN" }

    /// A number by its text. The caller vouches for the syntax.
    public init(literal: String) { self.literal = literal }

    /// Whether the number is written without fraction and exponent, which makes it an `int` in Python.
    public var isInteger: Bool {
        literal.utf8.allSatisfy { ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || $0 == UInt8(ascii: "-") }
    }

    /// The value when it is whole, written as such and fits.
    public var integer: Int? { Int(literal) }

    /// The nearest double; infinite when the number is out of range.
    public var double: Double {
        switch literal {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: Double(literal) ?? .nan
        }
    }
}
