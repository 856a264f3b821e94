import DifyEmulator

/// A header of a form's part, or `Content-Type`: a value with parameters, taken apart as `werkzeug` does.
///
/// Names in quotes may hold any character, with `\"` or `%22` for a quote; `name*=UTF-8''…` is percent-encoded
/// (RFC 5987). What is no parameter is skipped.
struct HeaderValue: Sendable, Hashable {
    /// What stands before the first semicolon.
    let value: String
    /// By name in lower case; of several with one name the last.
    private(set) var parameters: [String: String] = [:]

    init(_ text: String) {
        let bytes = Array(text.utf8)
        let end = bytes.firstIndex(of: UInt8(ascii: ";")) ?? bytes.endIndex
        value = String(decoding: Self.trimmed(bytes[..<end]), as: UTF8.self)
        var rest = Self.trimmed(bytes[end...].dropFirst())
        guard !value.isEmpty else { return }
        var encoding: String?
        while !rest.isEmpty {
            if let (name, value) = Self.takeParameter(&rest) { keep(value, as: name, &encoding) }
            guard let next = rest.firstIndex(of: UInt8(ascii: ";")) else { break }
            rest = rest[rest.index(after: next)...].drop(while: Self.isSpace)
        }
    }

    // MARK: - Parameters

    /// Takes `name=value` off the front, the value still in its quotes.
    private static func takeParameter(_ rest: inout ArraySlice<UInt8>) -> (name: String, value: ArraySlice<UInt8>)? {
        let name = rest.prefix(while: isToken)
        let afterName = rest.dropFirst(name.count)
        guard !name.isEmpty, afterName.first == UInt8(ascii: "=") else { return nil }
        rest = afterName.dropFirst()
        let value = rest.first == UInt8(ascii: "\"") ? quoted(rest) : rest.prefix(while: isToken)
        guard !value.isEmpty else { return nil }
        rest = rest.dropFirst(value.count)
        return (String(decoding: name, as: UTF8.self).lowercased(), value)
    }

    /// The text in quotes at the front; empty when the closing one is missing.
    private static func quoted(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var position = rest.startIndex + 1
        while position < rest.endIndex {
            switch rest[position] {
            case UInt8(ascii: "\""): return rest[...position]
            case UInt8(ascii: "\\"):
                let next = position + 1 < rest.endIndex ? rest[position + 1] : 0
                position += next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") ? 2 : 1
            default: position += 1
            }
        }
        return []
    }

    /// - Parameter encoding: That of the last value that named one; the next pieces of the value go by it.
    private mutating func keep(_ value: ArraySlice<UInt8>, as name: String, _ encoding: inout String?) {
        var name = name
        var bytes = Array(value)
        if name.hasSuffix("*") {
            name.removeLast()
            bytes = Self.decoded(bytes, &encoding)
        }
        if bytes.count > 1, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") {
            bytes = Self.unquoted(Array(bytes.dropFirst().dropLast()))
        }
        let text = String(decoding: bytes, as: UTF8.self)
        // `name*0=…; name*1=…` is one value in pieces.
        let digits = name.utf8.reversed().prefix(while: Self.isDigit).count
        let stem = name.dropLast(digits)
        if digits > 0, stem.hasSuffix("*") {
            parameters[String(stem.dropLast()), default: ""] += text
        } else {
            parameters[name] = text
        }
    }

    private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        return bytes.replacing([backslash, backslash], with: [backslash])
            .replacing([backslash, quote], with: [quote])
            .replacing(Array("%22".utf8), with: [quote])
    }

    // MARK: - RFC 5987

    /// `charset'language'percent-encoded` as UTF-8. A value in any other character set stays as it is.
    private static func decoded(_ bytes: [UInt8], _ encoding: inout String?) -> [UInt8] {
        var encoded = bytes[...]
        let parts = bytes.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3, !parts[2].isEmpty {
            if !parts[0].isEmpty { encoding = String(decoding: parts[0], as: UTF8.self).lowercased() }
            encoded = parts[2]
        }
        switch encoding {
        case "ascii", "us-ascii", "utf-8": return QueryText.unquote(encoded)
        case "iso-8859-1":
            return QueryText.unquote(encoded).flatMap { Array(String(Unicode.Scalar($0)).utf8) }
        default: return Array(encoded)
        }
    }

    // MARK: - Characters

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return bytes
    }
}
