internal import DifyProtocol

/// YAML 1.1 numbers as PyYAML reads them: octal `012`, binary, hexadecimal, base 60, underscores.
enum PyYAMLNumber {
    // Regex values are not Sendable; made anew they are cheap beside the first-character test that guards them.
    static func looksLikeInteger(_ text: String) -> Bool {
        guard startsLikeNumber(text) else { return false }
        let pattern =
            /[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+/
        return text.wholeMatch(of: pattern) != nil
    }

    static func looksLikeFloat(_ text: String) -> Bool {
        guard startsLikeNumber(text) else { return false }
        let decimal = /[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?/
        let other = /[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)/
        return text.wholeMatch(of: decimal) != nil || text.wholeMatch(of: other) != nil
    }

    private static func startsLikeNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) || "+-.".utf8.contains(first)
    }

    static func integer(_ text: String) -> JSONNumber? {
        let (isNegative, digits) = split(text)
        let magnitude: String?
        if digits == "0" {
            magnitude = "0"
        } else if digits.hasPrefix("0b") {
            magnitude = UInt64(digits.dropFirst(2), radix: 2).map { String($0) }
        } else if digits.hasPrefix("0x") {
            magnitude = UInt64(digits.dropFirst(2), radix: 16).map { String($0) }
        } else if digits.hasPrefix("0") {
            magnitude = UInt64(digits, radix: 8).map { String($0) }
        } else if digits.contains(":") {
            magnitude = sexagesimal(digits).map { String(Int($0)) }
        } else {
            magnitude = PythonNumber.integer(from: digits)?.literal
        }
        return magnitude.map { JSONNumber(literal: isNegative && $0 != "0" ? "-" + $0 : $0) }
    }

    static func float(_ text: String) -> JSONNumber? {
        let (isNegative, digits) = split(text.lowercased())
        let magnitude: Double?
        switch digits {
        case ".inf": return JSONNumber(literal: isNegative ? "-Infinity" : "Infinity")
        case ".nan": return JSONNumber(literal: "NaN")
        case let digits where digits.contains(":"): magnitude = sexagesimal(digits)
        default: magnitude = PythonNumber.float(from: digits)
        }
        return magnitude.map { JSONNumber(isNegative ? -$0 : $0) }
    }

    private static func split(_ text: String) -> (isNegative: Bool, digits: String) {
        let plain = text.filter { $0 != "_" }
        let isSigned = plain.hasPrefix("-") || plain.hasPrefix("+")
        return (plain.hasPrefix("-"), isSigned ? String(plain.dropFirst()) : plain)
    }

    /// `1:30` is 90: base 60, as clocks count.
    private static func sexagesimal(_ digits: String) -> Double? {
        var value = 0.0
        for part in digits.split(separator: ":") {
            guard let part = Double(part) else { return nil }
            value = value * 60 + part
        }
        return value < 9e15 ? value : nil
    }
}
