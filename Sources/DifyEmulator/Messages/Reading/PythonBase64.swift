/// Base64 as Python's `b64decode` reads it: characters of no meaning are skipped, and what follows the padding is not
/// looked at.
enum PythonBase64 {
    /// - Returns: nil where Python raises an exception.
    static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        var (position, padding, rest) = (0, 0, UInt8(0))
        for character in text.utf8 {
            if character == UInt8(ascii: "=") {
                if position >= 2 {
                    padding += 1
                    if position + padding >= 4 { return bytes }
                }
                continue
            }
            guard let value = value(of: character) else { continue }
            padding = 0
            switch position {
            case 0: rest = value
            case 1:
                bytes.append(rest << 2 | value >> 4)
                rest = value & 0xF
            case 2:
                bytes.append(rest << 4 | value >> 2)
                rest = value & 0x3
            default: bytes.append(rest << 6 | value)
            }
            position = (position + 1) % 4
        }
        return position == 0 ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
