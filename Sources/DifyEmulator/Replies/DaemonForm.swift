import DifyProtocol

/// JSON as Dify's daemon passes it on where it knows no type, as in the answers of apps: it reads the object into
/// Go's maps and writes these.
enum DaemonForm {
    /// The object with its keys sorted at every level, and its numbers as Go writes them.
    static func sorted(_ object: JSONObject) -> JSONObject {
        let members = object.map { (key: $0.key, value: form($0.value)) }
        let inOrder = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return JSONObject(inOrder.map { ($0.key, $0.value) })
    }

    private static func form(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): .object(sorted(object))
        case .array(let elements): .array(elements.map(form))
        case .number(let number): .number(form(number))
        case .null, .bool, .string: value
        }
    }

    /// Go reads every number as a float, so that `1.0` becomes `1` and integers beyond 2^53 lose digits.
    private static func form(_ number: JSONNumber) -> JSONNumber {
        if let integer = number.integer, integer.magnitude <= 1 << 53 { return number }
        let value = number.double
        return value.isFinite ? JSONNumber(literal: text(value)) : number
    }

    /// What `encoding/json` writes: plain digits from 1e-6 up to 1e21, an exponent beyond.
    private static func text(_ value: Double) -> String {
        let sign = value.sign == .minus ? "-" : ""
        let magnitude = value.magnitude
        guard magnitude > 0 else { return sign + "0" }
        let (digits, point) = decimal(magnitude)
        guard magnitude >= 1e-6, magnitude < 1e21 else {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return sign + digits.prefix(1) + fraction + "e" + (point > 0 ? "+" : "") + String(point - 1)
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// The shortest digits that read back as the value, and how many of them stand before the decimal point.
    private static func decimal(_ magnitude: Double) -> (digits: String, point: Int) {
        let halves = magnitude.description.split(separator: "e")
        let parts = halves[0].split(separator: ".")
        let exponent = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
        let whole = parts[0]
        let all = whole + (parts.count > 1 ? parts[1] : "")
        let significant = all.drop { $0 == "0" }
        var digits = String(significant)
        while digits.last == "0" { digits.removeLast() }
        return (digits, whole.count + exponent - (all.count - significant.count))
    }
}
