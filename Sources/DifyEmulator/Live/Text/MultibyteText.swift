import Foundation

/// Text in a character set where ASCII is one byte and everything else more, read as Python's codecs read it.
struct MultibyteText {
    private let bytes: [UInt8]
    private let encoding: String.Encoding
    private let shape: PythonCodec.Shape
    private var known: [UInt32: Unicode.Scalar?] = [:]

    init(_ bytes: [UInt8], _ encoding: PythonCodec.CFEncoding, _ shape: PythonCodec.Shape) {
        self.bytes = bytes
        self.encoding = encoding.encoding
        self.shape = shape
    }

    /// The text. A byte with which no character begins becomes U+FFFD, and the next byte is looked at anew.
    consuming func decoded() -> String {
        var text = String.UnicodeScalarView()
        var position = 0
        while position < bytes.count {
            let length = length(at: position)
            guard position + length <= bytes.count else {
                text.append("\u{FFFD}")
                break
            }
            let scalar = scalar(bytes[position..<position + length])
            text.append(scalar ?? "\u{FFFD}")
            position += scalar == nil ? 1 : length
        }
        return String(text)
    }

    private func length(at position: Int) -> Int {
        let byte = bytes[position]
        if byte < 0x80 { return 1 }
        switch shape {
        case .pairs: return 2
        case .pairsAndQuads:
            return position + 1 < bytes.count && (0x30...0x39).contains(bytes[position + 1]) ? 4 : 2
        case .windowsJapanese, .standardJapanese:
            return (0x81...0x9F).contains(byte) || (0xE0...0xFC).contains(byte) ? 2 : 1
        case .unixJapanese: return byte == 0x8F ? 3 : 2
        }
    }

    private mutating func scalar(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let code = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        if code < 0x80 { return Unicode.Scalar(code) }
        if let known = known[code] { return known }
        let scalar: Unicode.Scalar? =
            switch shape {
            case .pairs: table(bytes, hasOwn: false)
            case .pairsAndQuads: table(bytes, hasOwn: true)
            case .windowsJapanese: Self.windowsException(code) ?? table(bytes, hasOwn: true)
            case .standardJapanese: standardJapanese(code)
            case .unixJapanese: unixJapanese(Array(bytes))
            }
        known[code] = .some(scalar)
        return scalar
    }

    /// - Parameter hasOwn: Whether characters for private use count. Foundation fills places with them that most
    ///   standards leave free.
    private func table(_ bytes: some Sequence<UInt8>, hasOwn: Bool) -> Unicode.Scalar? {
        guard let scalars = String(bytes: bytes, encoding: encoding)?.unicodeScalars, scalars.count == 1,
            let scalar = scalars.first, hasOwn || scalar.properties.generalCategory != .privateUse
        else { return nil }
        return scalar
    }

    // MARK: - Shift JIS and EUC-JP

    /// Single bytes to which Windows gives a meaning and Foundation none.
    private static func windowsException(_ code: UInt32) -> Unicode.Scalar? {
        switch code {
        case 0x80: "\u{80}"
        case 0xA0: "\u{F8F0}"
        case 0xFD...0xFF: Unicode.Scalar(code - 0xFD + 0xF8F1)
        default: nil
        }
    }

    /// A character of the standard. The rows that Windows and NEC have added are none, and six signs are others.
    private func standardJapanese(_ code: UInt32) -> Unicode.Scalar? {
        switch code {
        case 0x8160: "\u{301C}"
        case 0x8161: "\u{2016}"
        case 0x817C: "\u{2212}"
        case 0x8191: "\u{A2}"
        case 0x8192: "\u{A3}"
        case 0x81CA: "\u{AC}"
        case 0x8540...0x87FC, 0xEB40...0xFCFC: nil
        case ..<0x100: table([UInt8(code)], hasOwn: false)
        default: table([UInt8(code >> 8), UInt8(code & 0xFF)], hasOwn: false)
        }
    }

    /// EUC-JP arranges the 94 rows of 94 characters by other bytes. Its additional characters of three bytes are rare
    /// and become U+FFFD.
    private func unixJapanese(_ bytes: [UInt8]) -> Unicode.Scalar? {
        let grid: ClosedRange<UInt8> = 0xA1...0xFE
        guard bytes.dropFirst().allSatisfy(grid.contains) else { return nil }
        switch bytes[0] {
        case 0x8E: return bytes[1] <= 0xDF ? standardJapanese(UInt32(bytes[1])) : nil
        case 0x8F: return "\u{FFFD}"
        case grid:
            let (row, column) = (UInt32(bytes[0] - 0xA1), UInt32(bytes[1] - 0xA1))
            let lead = row / 2 + (row < 62 ? 0x81 : 0xC1)
            let trail = row.isMultiple(of: 2) ? column + (column < 63 ? 0x40 : 0x41) : column + 0x9F
            return standardJapanese(lead << 8 | trail)
        default: return nil
        }
    }
}
