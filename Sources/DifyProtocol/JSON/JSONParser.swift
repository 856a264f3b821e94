/// Reads JSON text into ``JSONValue`` without losing key order or number text.
///
/// Dify meets JSON through two readers that disagree at the edges, hence the two ``Dialect``s.
/// Of two equal keys the last one counts in both, and keeps the first one's place, as in a Python `dict`.
public struct JSONParser {
    /// Whose rules apply where JSON readers differ.
    public enum Dialect: Sendable {
        /// What Dify's HTTP layer accepts (orjson): no `NaN`, no number beyond a double's range, no lone surrogate.
        /// Integers outside -2^63 … 2^64-1 become floats.
        case wire
        /// Python's `json` module, which reads API documents and JSON text in arguments: `NaN` and `Infinity` are
        /// numbers, a lone surrogate is kept (here as U+FFFD, since Swift text cannot hold it), integers have no bound.
        case python
    }

    /// Deepest nesting that is read. Deeper text is refused, so that no peer can exhaust a thread's stack.
    public static let maximumDepth = 256

    private let bytes: UnsafeBufferPointer<UInt8>
    private let dialect: Dialect
    private var position = 0

    /// Reads one value that fills the whole text, white space aside.
    ///
    /// - Throws: ``JSONSyntaxError`` with the place of the mistake.
    public static func parse(_ text: String, dialect: Dialect = .wire) throws(JSONSyntaxError) -> JSONValue {
        try parse(utf8: Array(text.utf8), dialect: dialect)
    }

    /// Reads one value from UTF-8 bytes. Invalid UTF-8 inside strings is refused.
    ///
    /// - Throws: ``JSONSyntaxError`` with the place of the mistake.
    public static func parse(
        utf8 bytes: some Collection<UInt8>, dialect: Dialect = .wire
    ) throws(JSONSyntaxError) -> JSONValue {
        let result: Result<JSONValue, JSONSyntaxError>? = bytes.withContiguousStorageIfAvailable { buffer in
            parse(buffer: buffer, dialect: dialect)
        }
        if let result { return try result.get() }
        return try Array(bytes).withUnsafeBufferPointer { parse(buffer: $0, dialect: dialect) }.get()
    }

    private static func parse(
        buffer: UnsafeBufferPointer<UInt8>, dialect: Dialect
    ) -> Result<JSONValue, JSONSyntaxError> {
        do throws(JSONSyntaxError) {
            var parser = JSONParser(bytes: buffer, dialect: dialect)
            parser.skipWhitespace()
            let value = try parser.value(depth: 0)
            parser.skipWhitespace()
            guard parser.position == buffer.count else { throw parser.error(.extraData) }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, dialect: Dialect) {
        self.bytes = bytes
        self.dialect = dialect
    }

    // MARK: - Values

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth < Self.maximumDepth else { throw error(.tooDeep) }
        switch peek {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t") where skip("true"): return .bool(true)
        case UInt8(ascii: "f") where skip("false"): return .bool(false)
        case UInt8(ascii: "n") where skip("null"): return .null
        case UInt8(ascii: "N") where dialect == .python && skip("NaN"): return .number(JSONNumber(literal: "NaN"))
        case UInt8(ascii: "I") where dialect == .python && skip("Infinity"):
            return .number(JSONNumber(literal: "Infinity"))
        case UInt8(ascii: "-") where dialect == .python && skip("-Infinity"):
            return .number(JSONNumber(literal: "-Infinity"))
        case .some: return .number(try number())
        case nil: throw error(.valueExpected)
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONObject {
        var object = JSONObject()
        position += 1
        skipWhitespace()
        if take(UInt8(ascii: "}")) { return object }
        while true {
            guard peek == UInt8(ascii: "\"") else { throw error(.keyExpected) }
            let key = try string()
            skipWhitespace()
            guard take(UInt8(ascii: ":")) else { throw error(.colonExpected) }
            skipWhitespace()
            object[key] = try value(depth: depth + 1)
            skipWhitespace()
            if take(UInt8(ascii: "}")) { return object }
            guard take(UInt8(ascii: ",")) else { throw error(.commaExpected) }
            skipWhitespace()
        }
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
        var elements: [JSONValue] = []
        position += 1
        skipWhitespace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth + 1))
            skipWhitespace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw error(.commaExpected) }
            skipWhitespace()
        }
    }

    // MARK: - Numbers

    private mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = position
        _ = take(UInt8(ascii: "-"))
        guard let digit = peek, Self.isDigit(digit) else {
            position = start
            throw error(.valueExpected)
        }
        if !take(UInt8(ascii: "0")) { skipDigits() }
        var isInteger = true
        if peek == UInt8(ascii: "."), let digit = peek(at: 1), Self.isDigit(digit) {
            isInteger = false
            position += 1
            skipDigits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            let signed = peek(at: 1) == UInt8(ascii: "+") || peek(at: 1) == UInt8(ascii: "-")
            if let digit = peek(at: signed ? 2 : 1), Self.isDigit(digit) {
                isInteger = false
                position += signed ? 2 : 1
                skipDigits()
            }
        }
        let literal = String(decoding: bytes[start..<position], as: UTF8.self)
        return dialect == .python ? JSONNumber(literal: literal) : try bounded(literal, isInteger, start)
    }

    private func bounded(
        _ literal: String, _ isInteger: Bool, _ start: Int
    ) throws(JSONSyntaxError) -> JSONNumber {
        if isInteger, Int64(literal) != nil || UInt64(literal) != nil { return JSONNumber(literal: literal) }
        let number = JSONNumber(literal: literal)
        guard number.double.isFinite else { throw error(.numberOutOfRange, at: start) }
        return isInteger ? JSONNumber(number.double) : number
    }

    // MARK: - Strings

    private mutating func string() throws(JSONSyntaxError) -> String {
        let opening = position
        position += 1
        let start = position
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        if peek == UInt8(ascii: "\"") {
            defer { position += 1 }
            return try utf8(start..<position)
        }
        var scalars = try utf8(start..<position)
        while let byte = peek {
            if take(UInt8(ascii: "\"")) { return scalars }
            if byte == UInt8(ascii: "\\") {
                scalars.unicodeScalars.append(try escape())
            } else if byte < 0x20 {
                throw error(.controlCharacter)
            } else {
                let run = position
                while let next = peek, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\"), next >= 0x20 {
                    position += 1
                }
                scalars += try utf8(run..<position)
            }
        }
        throw error(.unterminatedString, at: opening)
    }

    private func utf8(_ range: Range<Int>) throws(JSONSyntaxError) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw error(.invalidUTF8, at: range.lowerBound)
        }
        return text
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = position
        position += 1
        guard let byte = peek else { throw error(.unterminatedString, at: start) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw error(.invalidEscape, at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
        let unit = try hexadecimal(from: start)
        guard UTF16.isSurrogate(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
        if UTF16.isLeadSurrogate(unit), peek == UInt8(ascii: "\\"), peek(at: 1) == UInt8(ascii: "u") {
            let second = position
            position += 2
            let trail = try hexadecimal(from: second)
            if UTF16.isTrailSurrogate(trail) {
                let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)
                return Unicode.Scalar(value) ?? "\u{FFFD}"
            }
            position = second
        }
        if dialect == .wire { throw error(.loneSurrogate, at: start) }
        return "\u{FFFD}"
    }

    private mutating func hexadecimal(from start: Int) throws(JSONSyntaxError) -> UInt16 {
        guard position + 4 <= bytes.count else { throw error(.invalidEscape, at: start) }
        var value: UInt16 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error(.invalidEscape, at: start)
            }
            value = value << 4 + UInt16(digit)
        }
        position += 4
        return value
    }

    // MARK: - Bytes

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func peek(at offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skip(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] { return false }
        position += count
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func skipDigits() {
        while let byte = peek, Self.isDigit(byte) { position += 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private func error(_ problem: JSONSyntaxError.Problem, at offset: Int? = nil) -> JSONSyntaxError {
        JSONSyntaxError(problem, offset: offset ?? position, in: bytes)
    }
}
