/// What the rules for names of hosts ask of a character.
extension Unicode.Scalar {
    /// How RFC 5892 takes a character.
    enum Standing {
        case valid, disallowed
        /// U+200C and U+200D.
        case joiner
        /// Valid in some company.
        case contextual
    }

    /// By the rules of RFC 5892, over the tables of Unicode 16 as in idna 3.11.
    var standing: Standing {
        switch value {
        case 0x2D, 0x30...0x39, 0x61...0x7A, 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return .valid
        case 0x200C, 0x200D: return .joiner
        case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x660...0x669, 0x6F0...0x6F9: return .contextual
        case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return .disallowed
        // Parts of Korean syllables, and marks of notation.
        case 0x1100...0x11FF, 0xA960...0xA97C, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB: return .disallowed
        case 0x20D0...0x20FF, 0x1D100...0x1D24F: return .disallowed
        default: break
        }
        guard isKnown(to: 16), !properties.changesWhenNFKCCaseFolded, !properties.isDefaultIgnorableCodePoint else {
            return .disallowed
        }
        switch properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .decimalNumber, .nonspacingMark,
            .spacingMark:
            return .valid
        default: return .disallowed
        }
    }

    /// How a letter joins its neighbours in Arabic and related scripts.
    enum Joining {
        case none, transparent, left, right, dual
    }

    var joining: Joining {
        if ScalarSet.joiningBoth.contains(self) { return .dual }
        if ScalarSet.joiningRight.contains(self) { return .right }
        if ScalarSet.joiningLeft.contains(self) { return .left }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .transparent
        default: return value == 0x1E94B ? .transparent : .none
        }
    }

    /// The direction of a character that a name may have, by the tables of Python 3.12 (Unicode 15).
    var direction: ScalarDirection {
        switch value {
        case 0x30...0x39, 0x6F0...0x6F9: return .number
        case 0x660...0x669, 0x10D30...0x10D39: return .arabicNumber
        case 0x2D, 0x200C, 0x200D: return .neutral
        default: break
        }
        if !isKnown(to: 15) { return .unknown }
        if properties.generalCategory == .nonspacingMark, !ScalarSet.unusualMarks.contains(self) { return .mark }
        if ScalarSet.fromRight.contains(self) { return .right }
        return ScalarSet.neutral.contains(self) ? .neutral : .left
    }

    /// Whether this is a combining character.
    var isMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: isKnown(to: 15)
        default: false
        }
    }

    /// Whether a version of Unicode, the first one of its year, has the character.
    func isKnown(to version: Int) -> Bool {
        guard let age = properties.age else { return false }
        return (age.major, age.minor) <= (version, 0)
    }
}

/// The direction in which a character is written, as far as the rules for names tell directions apart.
enum ScalarDirection {
    case left
    /// Hebrew, Arabic and other scripts.
    case right
    case number
    case arabicNumber
    /// Marks that take the direction of their letter.
    case mark
    case neutral
    /// The character is newer than the tables.
    case unknown
}
