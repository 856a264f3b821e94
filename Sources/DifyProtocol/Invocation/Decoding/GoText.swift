/// Go's text forms of decoded JSON, as they stand in the daemon's error messages.
enum GoText {
    /// The type of the decoded value.
    static func typeName(_ value: JSONValue) -> String {
        switch value {
        case .null: "nil"
        case .bool: "bool"
        case .number: "float64"
        case .string: "string"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        }
    }

    /// The kind of the decoded value.
    static func kindName(_ value: JSONValue) -> String {
        switch value {
        case .array: "slice"
        case .object: "map"
        default: typeName(value)
        }
    }

    /// The value as `%v` prints it: `[1 2]`, `map[a:1]`, keys in the order of their bytes.
    static func plain(_ value: JSONValue) -> String {
        switch value {
        case .null: "<nil>"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): float(number.double)
        case .string(let text): text
        case .array(let elements): "[" + elements.map(plain).joined(separator: " ") + "]"
        case .object(let object):
            "map[" + sorted(object.keys).map { "\($0):\(plain(object[$0] ?? .null))" }.joined(separator: " ") + "]"
        }
    }

    /// The texts in Go's order, which is that of their bytes.
    static func sorted(_ texts: [String]) -> [String] {
        texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// A `float64`, which every JSON number is to Go: the fewest digits that read back, with an exponent where the
    /// number is a million or more (`1e+06`) or smaller than a ten-thousandth (`1e-05`).
    static func float(_ value: Double) -> String {
        let sign = value.sign == .minus ? "-" : ""
        let (digits, point) = significantDigits(value.magnitude)
        guard let first = digits.first else { return sign + "0" }
        let exponent = point - 1
        if exponent < -4 || exponent >= 6 {
            let rest = digits.dropFirst()
            let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
            return "\(sign)\(first)\(rest.isEmpty ? "" : ".")\(rest)e\(exponent < 0 ? "-" : "+")\(power)"
        }
        if point <= 0 { return "\(sign)0." + String(repeating: "0", count: -point) + digits }
        if digits.count <= point { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return "\(sign)\(digits.prefix(point)).\(digits.dropFirst(point))"
    }

    /// The digits without zeros at either end, and how many of them stand before the decimal point (negative for
    /// zeros behind it). No digits for zero.
    private static func significantDigits(_ magnitude: Double) -> (digits: String, point: Int) {
        let parts = magnitude.description.split(separator: "e")
        let mantissa = (parts.first ?? "").split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa.first ?? ""
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let all = whole + fraction
        let significant = all.drop { $0 == "0" }
        var digits = String(significant)
        while digits.last == "0" { digits.removeLast() }
        return (digits, whole.count + exponent - (all.count - significant.count))
    }
}
