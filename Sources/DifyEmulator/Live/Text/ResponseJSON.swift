import DifyProtocol

/// What Python's `json` makes of a response's bytes.
enum ResponseJSON {
    /// A value. Its numbers are written as Python writes them, and characters stand in for halves of characters.
    case value(JSONValue, LoneSurrogates)
    /// Values in values, deeper than Dify can send on.
    case tooDeep
    /// No JSON.
    case invalid

    /// Deepest nesting of a value that Dify sends on: beyond it the writer of its frames gives up.
    static let deepest = 253
    /// Longest integer that Python reads.
    private static let longestInteger = 4300

    /// Reads a body.
    init(_ bytes: [UInt8]) {
        var surrogates = LoneSurrogates()
        guard let text = Self.decoded(bytes, &surrogates) else {
            self = .invalid
            return
        }
        do {
            let value = try JSONParser.parse(surrogates.standingIn(in: text), dialect: .python)
            guard let value = Self.normal(value) else {
                self = .invalid
                return
            }
            self = value.depth > Self.deepest ? .tooDeep : .value(value, surrogates)
        } catch {
            self = error.problem == .tooDeep ? .tooDeep : .invalid
        }
    }

    // MARK: - Numbers

    /// The value with numbers as Python writes them; nil when Python refuses one for its length.
    private static func normal(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .number(let number) where number.isInteger:
            let digits = number.literal.utf8.count - (number.literal.hasPrefix("-") ? 1 : 0)
            guard digits <= longestInteger else { return nil }
            return number.literal == "-0" ? 0 : value
        case .number(let number): return .number(JSONNumber(number.double))
        case .array(let elements):
            let normal = elements.compactMap(normal)
            return normal.count == elements.count ? .array(normal) : nil
        case .object(let object):
            let members = object.compactMap { key, member in normal(member).map { (key, $0) } }
            return members.count == object.count ? .object(JSONObject(members)) : nil
        default: return value
        }
    }

    // MARK: - Bytes

    /// The text in the encoding that the first bytes show; nil where Python cannot decode it.
    private static func decoded(_ bytes: [UInt8], _ surrogates: inout LoneSurrogates) -> String? {
        if bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF]) { return utf32(bytes[4...], isBig: true, &surrogates) }
        if bytes.starts(with: [0xFF, 0xFE, 0x00, 0x00]) { return utf32(bytes[4...], isBig: false, &surrogates) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes[2...], isBig: true, &surrogates) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes[2...], isBig: false, &surrogates) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8(bytes[3...], &surrogates) }
        if bytes.count >= 4 {
            if bytes[0] == 0 {
                return bytes[1] == 0
                    ? utf32(bytes[...], isBig: true, &surrogates) : utf16(bytes[...], isBig: true, &surrogates)
            }
            if bytes[1] == 0 {
                let isShort = bytes[2] != 0 || bytes[3] != 0
                return isShort
                    ? utf16(bytes[...], isBig: false, &surrogates) : utf32(bytes[...], isBig: false, &surrogates)
            }
        } else if bytes.count == 2 {
            if bytes[0] == 0 { return utf16(bytes[...], isBig: true, &surrogates) }
            if bytes[1] == 0 { return utf16(bytes[...], isBig: false, &surrogates) }
        }
        return utf8(bytes[...], &surrogates)
    }

    private static func utf8(_ bytes: ArraySlice<UInt8>, _ surrogates: inout LoneSurrogates) -> String? {
        String(validating: bytes, as: UTF8.self)
            ?? String(validating: surrogates.standingIn(inUTF8: bytes), as: UTF8.self)
    }

    private static func utf16(
        _ bytes: ArraySlice<UInt8>, isBig: Bool, _ surrogates: inout LoneSurrogates
    ) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
            UInt16(bytes[isBig ? index : index + 1]) << 8 | UInt16(bytes[isBig ? index + 1 : index])
        }
        var text = String.UnicodeScalarView()
        var index = 0
        while index < units.count {
            if UTF16.isLeadSurrogate(units[index]), index + 1 < units.count, UTF16.isTrailSurrogate(units[index + 1]) {
                text.append(contentsOf: String(decoding: units[index...index + 1], as: UTF16.self).unicodeScalars)
                index += 2
            } else {
                text.append(surrogates.scalar(UInt32(units[index])))
                index += 1
            }
        }
        return String(text)
    }

    private static func utf32(
        _ bytes: ArraySlice<UInt8>, isBig: Bool, _ surrogates: inout LoneSurrogates
    ) -> String? {
        guard bytes.count.isMultiple(of: 4) else { return nil }
        var text = String.UnicodeScalarView()
        for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
            let unit = Array(bytes[start..<start + 4])
            let value = (isBig ? unit : unit.reversed()).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard value < 0x11_0000 else { return nil }
            text.append(surrogates.scalar(value))
        }
        return String(text)
    }
}

extension JSONValue {
    /// How many arrays and objects stand in each other.
    fileprivate var depth: Int {
        switch self {
        case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }
}
