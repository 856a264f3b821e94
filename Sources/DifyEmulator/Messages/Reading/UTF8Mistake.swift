/// The first thing in bytes that is no UTF-8, in the words of pydantic's serializer.
struct UTF8Mistake: CustomStringConvertible, Sendable, Hashable {
    /// Where it begins.
    let index: Int
    /// How many bytes it is; nil where the bytes end within a character.
    let length: Int?

    /// - Returns: nil for UTF-8.
    init?(in bytes: [UInt8]) {
        var index = 0
        while index < bytes.count {
            guard let (count, second) = Self.form(of: bytes[index]) else {
                (self.index, length) = (index, 1)
                return
            }
            for offset in 1..<max(count, 1) {
                guard index + offset < bytes.count else {
                    (self.index, length) = (index, nil)
                    return
                }
                let allowed = offset == 1 ? second : 0x80...0xBF
                guard allowed.contains(bytes[index + offset]) else {
                    (self.index, length) = (index, offset)
                    return
                }
            }
            index += count
        }
        return nil
    }

    /// How long the character is that a byte begins, and what may come second.
    private static func form(of first: UInt8) -> (count: Int, second: ClosedRange<UInt8>)? {
        switch first {
        case 0x00...0x7F: (1, 0x80...0xBF)
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: nil
        }
    }

    var description: String {
        guard let length else { return "incomplete utf-8 byte sequence from index \(index)" }
        return "invalid utf-8 sequence of \(length) bytes from index \(index)"
    }
}
