import DifyProtocol

/// Numbers and truth values as pydantic takes them, texts and each other's kinds included.
enum PydanticNumber {
    // MARK: - Integers

    static func integer(_ value: PythonValue) -> Fit? {
        switch value.json {
        case .number(let number)? where number.isInteger:
            Fit(value: .json(.number(number.literal == "-0" ? JSONNumber(0) : number)))
        case .number(let number)?: whole(number.double).map { lax(.integer($0)) }
        case .bool(let flag)?: lax(.integer(flag ? 1 : 0))
        case .string(let text)?: digits(in: text).map { lax(.number($0)) }
        default: nil
        }
    }

    static func integerComplaint(about value: PythonValue) -> (message: String, type: String) {
        switch value.json {
        case .number(let number)? where !number.double.isFinite:
            ("Input should be a finite number", "finite_number")
        case .number(let number)? where number.double != number.double.rounded(.towardZero):
            ("Input should be a valid integer, got a number with a fractional part", "int_from_float")
        case .number?:
            ("Unable to parse input string as an integer, exceeded maximum size", "int_parsing_size")
        case .string(let text)? where isLong(text):
            ("Unable to parse input string as an integer, exceeded maximum size", "int_parsing_size")
        case .string?:
            ("Input should be a valid integer, unable to parse string as an integer", "int_parsing")
        default: ("Input should be a valid integer", "int_type")
        }
    }

    /// The integer that a float without fraction is; nil also for one beyond 64 bits.
    private static func whole(_ number: Double) -> Int? {
        guard number.magnitude < 0x1p63, number == number.rounded(.towardZero) else { return nil }
        return Int(number)
    }

    /// Longer texts are not read as integers.
    private static let mostDigits = 4300

    private static func isLong(_ text: String) -> Bool {
        cleaned(text).map { $0.utf8.count > mostDigits } ?? false
    }

    private static func digits(in text: String) -> JSONNumber? {
        guard let literal = cleaned(text), literal.utf8.count <= mostDigits else { return nil }
        return JSONNumber(literal: literal == "-0" ? "0" : literal)
    }

    /// ` +1_000.00 ` as `1000`; nil for what is no integer.
    private static func cleaned(_ text: String) -> String? {
        var rest = trimmed(text)[...]
        var sign = ""
        if let first = rest.first, first == "+" || first == "-" {
            sign = first == "-" ? "-" : ""
            rest = rest.dropFirst()
        }
        if let point = rest.lastIndex(of: ".") {
            let zeros = rest[rest.index(after: point)...]
            guard !zeros.isEmpty, zeros.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
            rest = rest[..<point]
        }
        guard rest.first?.isASCIIDigit == true, rest.last?.isASCIIDigit == true, !rest.contains("__") else {
            return nil
        }
        let digits = rest.replacing("_", with: "")
        guard digits.allSatisfy(\.isASCIIDigit) else { return nil }
        let significant = digits.drop { $0 == "0" }
        return sign + (significant.isEmpty ? "0" : String(significant))
    }

    // MARK: - Floats

    static func float(_ value: PythonValue) -> Fit? {
        switch value.json {
        case .number(let number)? where number.isInteger: Fit(value: .json(.number(JSONNumber(number.double))))
        case .number?: Fit(value: value)
        case .bool(let flag)?: lax(.number(JSONNumber(flag ? 1.0 : 0.0)))
        case .string(let text)?: float(in: text).map { lax(.number(JSONNumber($0))) }
        default: nil
        }
    }

    static func floatComplaint(about value: PythonValue) -> (message: String, type: String) {
        value.json?.string == nil
            ? ("Input should be a valid number", "float_type")
            : ("Input should be a valid number, unable to parse string as a number", "float_parsing")
    }

    private static func float(in text: String) -> Double? {
        // White space around it and underscores within exclude each other.
        let hasPairs = text.first != "_" && text.last != "_" && !text.contains("__")
        let plain = text.contains("_") && hasPairs ? text.replacing("_", with: "") : trimmed(text)
        switch plain.lowercased().drop(while: { $0 == "+" || $0 == "-" }) {
        case "inf", "infinity", "nan": return PythonNumber.float(from: plain)
        // Swift would read hexadecimal floats as well.
        default: return plain.allSatisfy { "0123456789.eE+-".contains($0) } ? Double(plain) : nil
        }
    }

    // MARK: - Truth values

    private static let words: [String: Bool] = [
        "1": true, "true": true, "t": true, "yes": true, "y": true, "on": true,
        "0": false, "false": false, "f": false, "no": false, "n": false, "off": false,
    ]

    static func boolean(_ value: PythonValue) -> Fit? {
        switch value.json {
        case .bool?: Fit(value: value)
        case .number(let number)?:
            number.double == 1 ? lax(true) : number.double == 0 ? lax(false) : nil
        case .string(let text)?: words[text.lowercased()].map { lax(.bool($0)) }
        default: nil
        }
    }

    static func booleanComplaint(about value: PythonValue) -> (message: String, type: String) {
        switch value.json {
        case .number(let number)? where whole(number.double) == nil: ("Input should be a valid boolean", "bool_type")
        case .string?, .number?:
            ("Input should be a valid boolean, unable to interpret input", "bool_parsing")
        default: ("Input should be a valid boolean", "bool_type")
        }
    }

    private static func lax(_ value: JSONValue) -> Fit { Fit(value: .json(value), exactness: .lax) }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
        let end = scalars.lastIndex { !$0.properties.isWhitespace }.map(scalars.index(after:)) ?? start
        return String(scalars[start..<end])
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
