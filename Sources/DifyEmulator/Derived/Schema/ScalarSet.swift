/// The characters that may stand at one place.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    /// `\p{…}`: general categories by the letters they begin with; inverted for `\P{…}`.
    var categories: [(name: String, isInverted: Bool)] = []
    var isInverted = false

    static let digits = ScalarSet(ranges: [0x30...0x39])
    static let word = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let space = ScalarSet(ranges: [0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x2028...0x2029, 0xFEFF...0xFEFF])
    /// `.`: everything but the end of a line.
    static let any = ScalarSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isInverted: true)

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isListed =
            ranges.contains { $0.contains(scalar.value) }
            || categories.contains { Self.category(of: scalar).hasPrefix($0.name) != $0.isInverted }
        return isListed != isInverted
    }

    /// Characters of the set to write a text with, the most readable kind of those it has.
    var samples: [Unicode.Scalar] {
        let kinds = [
            "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "1234567890",
            " -_.,:;/@#+*!?()[]{}<>=%&$'\"|~^`\\",
            "éñøßдщλ日本語한글你好\u{0301}€½\t\n",
        ]
        for kind in kinds {
            let samples = kind.unicodeScalars.filter(contains)
            if !samples.isEmpty { return Array(samples) }
        }
        guard !isInverted else { return [] }
        return Array(ranges.lazy.flatMap { $0.prefix(64) }.prefix(64).compactMap { Unicode.Scalar($0) })
    }

    /// The set of what is not in this one. Categories stay out of it: no expression inverts a mixed set in passing.
    func complement() -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }

    /// Both cases of every ASCII letter in the set, for `(?i)`.
    func ignoringCase() -> ScalarSet {
        var result = self
        for range in ranges {
            for value in range.prefix(0x80) where (0x41...0x5A).contains(value & ~0x20) {
                result.ranges.append((value ^ 0x20)...(value ^ 0x20))
            }
        }
        return result
    }

    /// The general category by its short name in Unicode.
    private static func category(of scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        default: "C"
        }
    }
}
