/// Python's reading and writing of numbers, which Dify's casts and texts show.
public enum PythonNumber {
    /// What `repr(float)` gives: the shortest text that reads back, `1e+16` from ten to the sixteenth on.
    public static func repr(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        let magnitude = value.magnitude
        // Swift changes to exponents at 2^53, Python at 1e16; between the two every double is whole.
        if magnitude >= 0x1p53, magnitude < 1e16 { return "\(Int64(value)).0" }
        return value.description
    }

    /// What `repr` gives for a number read from JSON: an integer digit for digit, anything else as a float.
    public static func repr(_ number: JSONNumber) -> String {
        guard number.isInteger else { return repr(number.double) }
        return number.literal == "-0" ? "0" : number.literal
    }

    /// `int(text)`: white space around it, a sign, single underscores between digits and every script's digits are fine.
    ///
    /// - Returns: The digits in plain ASCII; nil where Python raises `ValueError`.
    public static func integer(from text: String) -> JSONNumber? {
        guard let ascii = ascii(text) else { return nil }
        var digits = ascii[...]
        let isNegative = digits.first == "-"
        if isNegative || digits.first == "+" { digits = digits.dropFirst() }
        guard let plain = joined(digits), !plain.isEmpty, plain.allSatisfy(\.isWholeNumber) else { return nil }
        let significant = plain.drop { $0 == "0" }
        if significant.isEmpty { return JSONNumber(0) }
        return JSONNumber(literal: (isNegative ? "-" : "") + significant)
    }

    /// `float(text)`.
    ///
    /// - Returns: nil where Python raises `ValueError`.
    public static func float(from text: String) -> Double? {
        guard let ascii = ascii(text), !ascii.isEmpty else { return nil }
        switch ascii.lowercased().drop(while: { $0 == "+" || $0 == "-" }) {
        case "inf", "infinity": return ascii.hasPrefix("-") ? -.infinity : .infinity
        case "nan": return .nan
        default: break
        }
        // Double(_:) also reads hexadecimal floats, which Python refuses.
        guard let plain = joined(ascii[...]), plain.allSatisfy({ "0123456789.eE+-".contains($0) }) else { return nil }
        return Double(plain)
    }

    /// The text without surrounding white space, its digits as ASCII; nil when another non-ASCII character remains.
    private static func ascii(_ text: String) -> String? {
        var result = ""
        for scalar in PythonText.strip(text).unicodeScalars {
            if scalar.isASCII {
                result.unicodeScalars.append(scalar)
            } else if scalar.properties.generalCategory == .decimalNumber, let digit = scalar.properties.numericValue {
                result += String(Int(digit))
            } else {
                return nil
            }
        }
        return result
    }

    /// The text without its underscores; nil where one does not stand between two digits.
    private static func joined(_ text: Substring) -> String? {
        var result = ""
        var previous: Character = " "
        for (index, character) in zip(text.indices, text) {
            if character == "_" {
                let next = text.index(after: index)
                guard previous.isWholeNumber, next < text.endIndex, text[next].isWholeNumber else { return nil }
            } else {
                result.append(character)
            }
            previous = character
        }
        return result
    }
}
