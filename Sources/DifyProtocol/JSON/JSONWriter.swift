/// Writes ``JSONValue`` as text.
public enum JSONWriter {
    /// How the text looks. Dify produces several forms; each has a name here.
    public struct Style: Sendable {
        var itemSeparator: StaticString = ","
        var keySeparator: StaticString = ":"
        var escapesNonASCII = false
        var escapesSlash = false
        var escapesLineSeparators = false

        /// No spaces, text unescaped.
        public static let compact = Style()

        /// Compact, with U+2028, U+2029 and U+0085 escaped: the SDK splits HTTP bodies at these characters.
        public static let line = Style(escapesLineSeparators: true)

        /// `json.dumps(…, ensure_ascii=False)`: `", "` and `": "`, text unescaped.
        public static let python = Style(itemSeparator: ", ", keySeparator: ": ")

        /// `json.dumps(…)`: `", "` and `": "`, only ASCII.
        public static let pythonASCII = Style(itemSeparator: ", ", keySeparator: ": ", escapesNonASCII: true)

        /// The error bodies of Dify's inner API: compact, only ASCII, `/` written `\/`.
        public static let errorBody = Style(escapesNonASCII: true, escapesSlash: true)
    }

    /// The value as text.
    public static func string(_ value: JSONValue, style: Style = .compact) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes, style: style)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value as UTF-8.
    public static func append(_ value: JSONValue, to bytes: inout [UInt8], style: Style = .compact) {
        switch value {
        case .null: bytes.append("null")
        case .bool(let flag): bytes.append(flag ? "true" : "false")
        case .number(let number): bytes.append(contentsOf: number.literal.utf8)
        case .string(let text): append(text, to: &bytes, style: style)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { bytes.append(style.itemSeparator) }
                isFirst = false
                append(element, to: &bytes, style: style)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            var isFirst = true
            for (key, member) in object {
                if !isFirst { bytes.append(style.itemSeparator) }
                isFirst = false
                append(key, to: &bytes, style: style)
                bytes.append(style.keySeparator)
                append(member, to: &bytes, style: style)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Appends a JSON string with its quotes.
    public static func append(_ text: String, to bytes: inout [UInt8], style: Style = .compact) {
        bytes.append(UInt8(ascii: "\""))
        if style.escapesNonASCII || style.escapesSlash || style.escapesLineSeparators {
            for scalar in text.unicodeScalars { append(scalar, to: &bytes, style: style) }
        } else {
            for byte in text.utf8 {
                if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    appendEscape(of: byte, to: &bytes)
                } else {
                    bytes.append(byte)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8], style: Style) {
        switch scalar {
        case "\"", "\\", "\u{00}"..."\u{1F}":
            appendEscape(of: UInt8(scalar.value), to: &bytes)
        case "/" where style.escapesSlash:
            bytes.append("\\/")
        case "\u{2028}" where style.escapesLineSeparators, "\u{2029}" where style.escapesLineSeparators,
            "\u{85}" where style.escapesLineSeparators:
            appendUnicodeEscape(of: UInt16(scalar.value), to: &bytes)
        case "\u{7F}"..."\u{10FFFF}" where style.escapesNonASCII && scalar != "\u{7F}":
            for unit in UTF16.encode(scalar).map(Array.init) ?? [0xFFFD] { appendUnicodeEscape(of: unit, to: &bytes) }
        default:
            bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        }
    }

    private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append("\\\"")
        case UInt8(ascii: "\\"): bytes.append("\\\\")
        case 0x08: bytes.append("\\b")
        case 0x09: bytes.append("\\t")
        case 0x0A: bytes.append("\\n")
        case 0x0C: bytes.append("\\f")
        case 0x0D: bytes.append("\\r")
        default: appendUnicodeEscape(of: UInt16(byte), to: &bytes)
        }
    }

    private static func appendUnicodeEscape(of unit: UInt16, to bytes: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append("\\u")
        for shift in [12, 8, 4, 0] { bytes.append(digits[Int(unit >> UInt16(shift)) & 0xF]) }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
