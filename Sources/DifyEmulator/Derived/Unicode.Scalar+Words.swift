extension Unicode.Scalar {
    /// Whether this is a character that a reader takes as a word of its own: Chinese, Japanese or Korean.
    var standsAlone: Bool {
        switch value {
        case 0x1100...0x11FF, 0x2E80...0x2FDF, 0x3041...0x30FF, 0x3100...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFF66...0xFFDC, 0x20000...0x3FFFF:
            true
        default: false
        }
    }

    /// Whether the character is part of a word: a letter, a digit or an accent on one.
    var isWordPart: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9": return true
        case _ where isASCII: return false
        default: break
        }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber: return true
        default: return properties.isAlphabetic
        }
    }
}
