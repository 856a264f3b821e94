/// Bytes as hexadecimal text, as Go's `encoding/hex` writes and reads them.
enum HexText {
    /// Text that is not hexadecimal, in Go's words.
    struct Invalid: Error, Sendable, Hashable {
        let message: String
    }

    /// Two lower-case digits a byte.
    static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 0xF))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that digits of either case stand for.
    ///
    /// - Throws: ``Invalid``. A character that is no digit is told before an odd length.
    static func decode(_ text: String) throws(Invalid) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for character in text.utf8 {
            guard let value = value(character) else {
                throw Invalid(message: "encoding/hex: invalid byte: \(name(character))")
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard high == nil else { throw Invalid(message: "encoding/hex: odd length hex string") }
        return bytes
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// A byte as `%#U` prints it: `U+007A 'z'`, without the character where Go does not count it as printable.
    private static func name(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: 4 - digits.count) + digits
        switch byte {
        case 0x20...0x7E, 0xA1...0xAC, 0xAE...0xFF: return "\(code) '\(Unicode.Scalar(byte))'"
        default: return code
        }
    }
}
