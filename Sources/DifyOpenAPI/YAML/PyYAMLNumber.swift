internal import DifyProtocol

/// YAML 1.1 numbers as PyYAML reads them: octal `012`, binary, hexadecimal, base 60, underscores.
enum PyYAMLNumber {
    // Written out by hand: a Swift regex is parsed anew at each use, and a large document has many thousand scalars.

    /// `[-+]?` and one of `0b[01_]+`, `0[0-7_]+`, `0`, `[1-9][0-9_]*`, `0x[0-9a-fA-F_]+`, `[1-9][0-9_]*(:[0-5]?[0-9])+`
    static func looksLikeInteger(_ text: String) -> Bool {
        var scanner = ByteScanner(text)
        scanner.skip(one: "-+")
        if scanner.skip("0b") { return scanner.skip(many: "01_") > 0 && scanner.isAtEnd }
        if scanner.skip("0x") { return scanner.skip(many: "0123456789abcdefABCDEF_") > 0 && scanner.isAtEnd }
        if scanner.skip("0") {
            scanner.skip(many: "01234567_")
            return scanner.isAtEnd
        }
        guard scanner.skip(many: "0123456789_", first: "123456789") > 0 else { return false }
        scanner.skipBase60()
        return scanner.isAtEnd
    }

    /// `[-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?`, `\.[0-9][0-9_]*` with such an exponent, the same in base 60, and
    /// `.inf` and `.nan`.
    static func looksLikeFloat(_ text: String) -> Bool {
        var scanner = ByteScanner(text)
        let isSigned = scanner.skip(one: "-+")
        guard scanner.skip(many: "0123456789_", first: "0123456789") > 0 else {
            let words = isSigned ? [".inf", ".Inf", ".INF"] : [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"]
            if words.contains(scanner.rest) { return true }
            guard !isSigned, scanner.skip("."), scanner.skip(many: "0123456789_", first: "0123456789") > 0 else {
                return false
            }
            return scanner.skipExponent() && scanner.isAtEnd
        }
        let isBase60 = scanner.skipBase60() > 0
        guard scanner.skip(".") else { return false }
        scanner.skip(many: "0123456789_")
        return (isBase60 || scanner.skipExponent()) && scanner.isAtEnd
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

/// Walks over the bytes of a scalar.
private struct ByteScanner {
    private let bytes: String.UTF8View
    private var position: String.Index

    init(_ text: String) {
        bytes = text.utf8
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    var rest: String { String(Substring(bytes[position...])) }

    @discardableResult
    mutating func skip(one set: StaticString) -> Bool {
        guard !isAtEnd, Self.contains(set, bytes[position]) else { return false }
        position = bytes.index(after: position)
        return true
    }

    mutating func skip(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position = bytes.index(position, offsetBy: word.utf8.count)
        return true
    }

    /// - Parameter first: What the first byte must be one of.
    /// - Returns: How many bytes were skipped.
    @discardableResult
    mutating func skip(many set: StaticString, first: StaticString? = nil) -> Int {
        if let first, isAtEnd || !Self.contains(first, bytes[position]) { return 0 }
        var count = 0
        while skip(one: set) { count += 1 }
        return count
    }

    /// `(:[0-5]?[0-9])+`
    ///
    /// - Returns: How many groups were skipped.
    @discardableResult
    mutating func skipBase60() -> Int {
        var count = 0
        while true {
            let start = position
            guard skip(":") else { return count }
            let isTens = skip(one: "012345")
            guard skip(one: "0123456789") || isTens else {
                position = start
                return count
            }
            count += 1
        }
    }

    /// `([eE][-+][0-9]+)?`
    ///
    /// - Returns: false for half an exponent.
    mutating func skipExponent() -> Bool {
        guard skip(one: "eE") else { return true }
        return skip(one: "-+") && skip(many: "0123456789") > 0
    }

    private static func contains(_ set: StaticString, _ byte: UInt8) -> Bool {
        UnsafeBufferPointer(start: set.utf8Start, count: set.utf8CodeUnitCount).contains(byte)
    }
}
