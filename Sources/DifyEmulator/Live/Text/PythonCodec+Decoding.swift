import Foundation

extension PythonCodec {
    /// The text of bytes, with U+FFFD for what is none (`errors="replace"`).
    ///
    /// - Throws: ``LiveFailure`` with Python's words for a mark that is missing.
    func decode(_ bytes: [UInt8]) throws(LiveFailure) -> String {
        switch self {
        case .ascii: return String(bytes.map { $0 < 0x80 ? Character(Unicode.Scalar($0)) : "\u{FFFD}" })
        case .latin1: return Self.text(bytes.lazy.map { Unicode.Scalar($0) })
        case .utf8(let dropsMark):
            let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
            return String(decoding: dropsMark && hasMark ? bytes[3...] : bytes[...], as: UTF8.self)
        case .utf16(let order): return try Self.utf16(bytes, order)
        case .utf32(let order): return try Self.utf32(bytes, order)
        case .table(let encoding): return Self.text(bytes.map(Self.scalars(of: encoding)))
        case .multibyte(let encoding, let shape): return MultibyteText(bytes, encoding, shape).decoded()
        case .japaneseEscapes:
            return String(bytes: bytes, encoding: .iso2022JP) ?? String(decoding: bytes, as: Unicode.ASCII.self)
        case .unsupported:
            throw LiveFailure(
                "dify-emulator: the character set of the response is not one that is decoded here",
                kind: .emulator)
        }
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    // MARK: - Tables

    private static func scalars(of table: CFEncoding) -> (UInt8) -> Unicode.Scalar {
        let scalars = (UInt8.min...UInt8.max).map { byte -> Unicode.Scalar in
            let scalar = String(bytes: [byte], encoding: table.encoding)?.unicodeScalars.first ?? "\u{FFFD}"
            let isUnused = byte >= 0x80 && [.control, .privateUse].contains(scalar.properties.generalCategory)
            return table.isWindows && isUnused ? "\u{FFFD}" : scalar
        }
        return { scalars[Int($0)] }
    }

    // MARK: - UTF-16 and UTF-32

    private static func utf16(_ bytes: [UInt8], _ order: Order) throws(LiveFailure) -> String {
        let (bytes, isBig) = try ordered(bytes, order, width: 2, name: "UTF-16")
        var text = String.UnicodeScalarView()
        var position = bytes.startIndex
        func unit(_ index: Int) -> UInt16 {
            isBig
                ? UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
                : UInt16(bytes[index + 1]) << 8 | UInt16(bytes[index])
        }
        while position < bytes.endIndex {
            guard position + 1 < bytes.endIndex else {
                text.append("\u{FFFD}")
                break
            }
            let first = unit(position)
            position += 2
            guard UTF16.isLeadSurrogate(first) else {
                text.append(Unicode.Scalar(first) ?? "\u{FFFD}")
                continue
            }
            // Half a character at the end is one with the byte that may follow it.
            guard position + 1 < bytes.endIndex else {
                text.append("\u{FFFD}")
                break
            }
            let second = unit(position)
            guard UTF16.isTrailSurrogate(second) else {
                text.append("\u{FFFD}")
                continue
            }
            position += 2
            let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
            text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return String(text)
    }

    private static func utf32(_ bytes: [UInt8], _ order: Order) throws(LiveFailure) -> String {
        let (bytes, isBig) = try ordered(bytes, order, width: 4, name: "UTF-32")
        return text(
            stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
                let unit = bytes[start..<min(start + 4, bytes.endIndex)]
                guard unit.count == 4 else { return "\u{FFFD}" }
                let value = (isBig ? Array(unit) : unit.reversed()).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                return Unicode.Scalar(value) ?? "\u{FFFD}"
            })
    }

    /// The bytes behind the mark, and whether the first byte of a unit is the high one.
    private static func ordered(
        _ bytes: [UInt8], _ order: Order, width: Int, name: String
    ) throws(LiveFailure) -> (ArraySlice<UInt8>, isBig: Bool) {
        switch order {
        case .littleEndian: return (bytes[...], false)
        case .bigEndian: return (bytes[...], true)
        case .marked:
            let little: [UInt8] = [0xFF, 0xFE] + [UInt8](repeating: 0, count: width - 2)
            if bytes.starts(with: little) { return (bytes[width...], false) }
            if bytes.starts(with: little.reversed()) { return (bytes[width...], true) }
            // Less than a unit is not missed a mark in.
            guard bytes.count >= width else { return (bytes[...], false) }
            throw LiveFailure("\(name) stream does not start with BOM", kind: .refused)
        }
    }
}
