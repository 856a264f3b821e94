import DifyProtocol
import Foundation

/// Halves of characters, which Python's text can hold and Swift's cannot.
///
/// JSON may name one (`"\ud800"`). Dify reads it and fails when it sends it on, with a text that says where it stands; so
/// it may not be lost while the JSON is read. Until then a character for private use stands in for it.
struct LoneSurrogates {
    /// Whether there were any. Without them the characters that stand in are themselves.
    private(set) var isEmpty = true

    private static let surrogates: ClosedRange<UInt32> = 0xD800...0xDFFF
    private static let standIns: ClosedRange<UInt32> = 0x10_F800...0x10_FFFF

    /// The scalar of a code point, or what stands in for it.
    mutating func scalar(_ value: UInt32) -> Unicode.Scalar {
        guard Self.surrogates.contains(value) else { return Unicode.Scalar(value) ?? "\u{FFFD}" }
        isEmpty = false
        return Unicode.Scalar(value - Self.surrogates.lowerBound + Self.standIns.lowerBound) ?? "\u{FFFD}"
    }

    /// JSON text with stand-ins for the escapes that name half a character.
    mutating func standingIn(in text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        let source = Array(text.utf8)
        var result: [UInt8] = []
        var position = 0
        while position < source.count {
            guard source[position] == UInt8(ascii: "\\") else {
                result.append(source[position])
                position += 1
                continue
            }
            guard let unit = Self.escapedUnit(source, at: position), Self.surrogates.contains(unit) else {
                result += source[position..<min(position + 2, source.count)]
                position += 2
                continue
            }
            let next = Self.escapedUnit(source, at: position + 6)
            if unit < 0xDC00, let next, next >= 0xDC00, Self.surrogates.contains(next) {
                result += source[position..<position + 12]
                position += 12
            } else {
                result += String(scalar(unit)).utf8
                position += 6
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The code unit that `\uXXXX` names.
    private static func escapedUnit(_ text: [UInt8], at position: Int) -> UInt32? {
        guard position + 6 <= text.count, text[position] == UInt8(ascii: "\\"),
            text[position + 1] == UInt8(ascii: "u")
        else { return nil }
        let digits = text[position + 2..<position + 6].map { Character(Unicode.Scalar($0)).hexDigitValue }
        return digits.reduce(UInt32(0)) { unit, digit in
            unit.flatMap { unit in digit.map { unit << 4 | UInt32($0) } }
        }
    }

    /// UTF-8 with stand-ins for the three bytes that would be half a character.
    mutating func standingIn(inUTF8 bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var position = bytes.startIndex
        while position < bytes.endIndex {
            if bytes[position] == 0xED, position + 2 < bytes.endIndex, (0xA0...0xBF).contains(bytes[position + 1]),
                (0x80...0xBF).contains(bytes[position + 2])
            {
                let value = 0xD000 | UInt32(bytes[position + 1] & 0x3F) << 6 | UInt32(bytes[position + 2] & 0x3F)
                result += String(scalar(value)).utf8
                position += 3
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return result
    }

    /// A value as `repr` writes it, halves of characters as the escapes that they are in Python.
    func repr(_ value: JSONValue) -> String {
        if isEmpty { return PythonText.repr(value) }
        let pieces = PythonText.repr(value).components(separatedBy: "\\U0010f")
        return pieces.dropFirst().reduce(into: pieces[0]) { text, piece in
            let offset = UInt32(piece.prefix(3), radix: 16).map { 0x10_F000 + $0 } ?? 0
            text +=
                Self.standIns.contains(offset)
                ? "\\u" + Self.digits(offset) + piece.dropFirst(3)
                : "\\U0010f" + piece
        }
    }

    // MARK: - The error

    /// What Dify says when it cannot send the value on; nil when it can.
    func failure(in value: JSONValue) -> StreamError? {
        switch value {
        case .string(let text): failure(in: text)
        case .array(let elements): elements.lazy.compactMap(failure).first
        case .object(let object): object.lazy.compactMap { failure(in: $0.key) ?? failure(in: $0.value) }.first
        default: nil
        }
    }

    /// What Dify says when it cannot send the text on; nil when it can.
    func failure(in text: String) -> StreamError? {
        if isEmpty { return nil }
        let values = text.unicodeScalars.map(\.value)
        guard let start = values.firstIndex(where: Self.standIns.contains) else { return nil }
        let end = values[start...].firstIndex { !Self.standIns.contains($0) } ?? values.count
        let what =
            end - start == 1
            ? "character '\\u\(Self.digits(values[start]))' in position \(start)"
            : "characters in position \(start)-\(end - 1)"
        return StreamError(
            "Error serializing to JSON: UnicodeEncodeError: 'utf-8' codec can't encode \(what): surrogates not allowed")
    }

    /// The digits of what a character stands in for.
    private static func digits(_ standIn: UInt32) -> String {
        String(standIn - standIns.lowerBound + surrogates.lowerBound, radix: 16)
    }
}
