/// Writes ``JSONValue`` as text.
public enum JSONWriter {
    /// How the text looks. Dify produces several forms; each has a name here.
    public struct Style: Sendable {
        var itemSeparator: StaticString = ","
        var keySeparator: StaticString = ":"
        var escapesNonASCII = false
        var escapesSlash = false
        var escapesLineSeparators = false
        /// Python's `json` writes `NaN` and `Infinity`; elsewhere they become null, as in Dify's messages.
        var writesNonFinite = false

        /// No spaces, text unescaped.
        public static let compact = Style()

        /// Compact, with U+2028, U+2029 and U+0085 escaped: the SDK splits HTTP bodies at these characters.
        public static let line = Style(escapesLineSeparators: true)

        /// `json.dumps(…, ensure_ascii=False)`: `", "` and `": "`, text unescaped.
        public static let python = Style(itemSeparator: ", ", keySeparator: ": ", writesNonFinite: true)

        /// The bodies of Dify's APIs, errors among them, as `ujson` writes them: compact, only ASCII, `/` written `\/`.
        public static let errorBody = Style(escapesNonASCII: true, escapesSlash: true, writesNonFinite: true)

        /// `json.dumps(…)`: `", "` and `": "`, only ASCII.
        static let pythonASCII = Style(
            itemSeparator: ", ", keySeparator: ": ", escapesNonASCII: true, writesNonFinite: true)
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
        case .number(let number) where !number.isFinite && !style.writesNonFinite: bytes.append("null")
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
        if style.escapesNonASCII {
            for scalar in text.unicodeScalars { appendASCII(scalar, to: &bytes, style: style) }
        } else {
            var text = text
            text.withUTF8 { append($0, to: &bytes, style: style) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Copies what needs no escape in runs.
    private static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8], style: Style) {
        var start = 0
        var position = 0
        while position < text.count {
            let byte = text[position]
            let length: Int
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                length = 1
            } else if style.escapesLineSeparators, byte >= 0xC2 {
                length = lineSeparatorLength(text[position...])
            } else {
                length = 0
            }
            guard length > 0 else {
                position += 1
                continue
            }
            bytes.append(contentsOf: text[start..<position])
            switch length {
            case 1: appendEscape(of: byte, to: &bytes)
            case 2: appendUnicodeEscape(of: 0x85, to: &bytes)
            default: appendUnicodeEscape(of: 0x2000 + UInt16(text[position + 2] & 0x3F), to: &bytes)
            }
            position += length
            start = position
        }
        bytes.append(contentsOf: text[start...])
    }

    /// How many bytes U+0085 (`C2 85`), U+2028 or U+2029 (`E2 80 A8`, `E2 80 A9`) take here; 0 for anything else.
    private static func lineSeparatorLength(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        if text.starts(with: [0xC2, 0x85]) { return 2 }
        return text.starts(with: [0xE2, 0x80, 0xA8]) || text.starts(with: [0xE2, 0x80, 0xA9]) ? 3 : 0
    }

    private static func appendASCII(_ scalar: Unicode.Scalar, to bytes: inout [UInt8], style: Style) {
        switch scalar {
        case "\"", "\\", "\u{00}"..."\u{1F}": appendEscape(of: UInt8(scalar.value), to: &bytes)
        case "/" where style.escapesSlash: bytes.append("\\/")
        case "\u{00}"..."\u{7F}": bytes.append(UInt8(scalar.value))
        default:
            for unit in String(scalar).utf16 { appendUnicodeEscape(of: unit, to: &bytes) }
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
        let digits: StaticString = "0123456789abcdef"
        bytes.append("\\u")
        for shift in [12, 8, 4, 0] { bytes.append(digits.utf8Start[Int(unit >> UInt16(shift)) & 0xF]) }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
