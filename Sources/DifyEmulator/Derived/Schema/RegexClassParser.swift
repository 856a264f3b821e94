/// Reads the parts of a regular expression that stand for one character: `[a-z_]`, `\d`, `\u00e9`, `\p{L}`.
enum RegexClassParser {
    /// What `[` opened, up to and with its `]`.
    static func set(
        in scalars: [Unicode.Scalar], from position: inout Int
    ) throws(RegexParser.NotUnderstood) -> ScalarSet {
        var set = ScalarSet()
        if position < scalars.count, scalars[position] == "^" {
            set.isInverted = true
            position += 1
        }
        var isFirst = true
        while position < scalars.count, scalars[position] != "]" || isFirst {
            isFirst = false
            let low = try member(in: scalars, from: &position)
            guard let start = low.single, position + 1 < scalars.count, scalars[position] == "-",
                scalars[position + 1] != "]"
            else {
                set.ranges += low.ranges
                set.categories += low.categories
                continue
            }
            position += 1
            let high = try member(in: scalars, from: &position)
            guard let end = high.single, start <= end else { throw RegexParser.NotUnderstood() }
            set.ranges.append(start...end)
        }
        guard position < scalars.count else { throw RegexParser.NotUnderstood() }
        position += 1
        return set
    }

    private static func member(
        in scalars: [Unicode.Scalar], from position: inout Int
    ) throws(RegexParser.NotUnderstood) -> ScalarSet {
        guard position < scalars.count else { throw RegexParser.NotUnderstood() }
        let scalar = scalars[position]
        position += 1
        guard scalar == "\\" else { return ScalarSet(ranges: [scalar.value...scalar.value]) }
        if position < scalars.count, scalars[position] == "b" {
            position += 1
            return ScalarSet(ranges: [0x08...0x08])
        }
        return try escape(in: scalars, from: &position)
    }

    /// What follows a backslash, inside and outside of brackets.
    static func escape(
        in scalars: [Unicode.Scalar], from position: inout Int
    ) throws(RegexParser.NotUnderstood) -> ScalarSet {
        guard position < scalars.count else { throw RegexParser.NotUnderstood() }
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "d": return .digits
        case "D": return ScalarSet(ranges: ScalarSet.digits.complement())
        case "w": return .word
        case "W": return ScalarSet(ranges: ScalarSet.word.complement())
        case "s": return .space
        case "S": return ScalarSet(ranges: ScalarSet.space.complement())
        case "n": return one(0x0A)
        case "r": return one(0x0D)
        case "t": return one(0x09)
        case "f": return one(0x0C)
        case "v": return one(0x0B)
        case "0": return one(0)
        case "x": return one(try hexadecimal(2, in: scalars, from: &position))
        case "u": return one(try unicode(in: scalars, from: &position))
        case "p", "P": return try category(isInverted: scalar == "P", in: scalars, from: &position)
        case "a"..."z", "A"..."Z", "1"..."9": throw RegexParser.NotUnderstood()
        default: return one(scalar.value)
        }
    }

    private static func one(_ value: UInt32) -> ScalarSet { ScalarSet(ranges: [value...value]) }

    private static func hexadecimal(
        _ count: Int, in scalars: [Unicode.Scalar], from position: inout Int
    ) throws(RegexParser.NotUnderstood) -> UInt32 {
        guard position + count <= scalars.count else { throw RegexParser.NotUnderstood() }
        var value: UInt32 = 0
        for scalar in scalars[position..<position + count] {
            guard let digit = Character(scalar).hexDigitValue, scalar.isASCII else { throw RegexParser.NotUnderstood() }
            value = value << 4 | UInt32(digit)
        }
        position += count
        return value
    }

    /// `\u00e9` or `\u{e9}`.
    private static func unicode(
        in scalars: [Unicode.Scalar], from position: inout Int
    ) throws(RegexParser.NotUnderstood) -> UInt32 {
        guard position < scalars.count, scalars[position] == "{" else {
            return try hexadecimal(4, in: scalars, from: &position)
        }
        guard let end = scalars[position...].firstIndex(of: "}"), (2...7).contains(end - position) else {
            throw RegexParser.NotUnderstood()
        }
        position += 1
        let value = try hexadecimal(end - position, in: scalars, from: &position)
        position += 1
        return value
    }

    /// `{L}`, `{Lu}` and the like, by Unicode's short names.
    private static func category(
        isInverted: Bool, in scalars: [Unicode.Scalar], from position: inout Int
    ) throws(RegexParser.NotUnderstood) -> ScalarSet {
        guard position < scalars.count, scalars[position] == "{", let end = scalars[position...].firstIndex(of: "}"),
            (2...3).contains(end - position)
        else { throw RegexParser.NotUnderstood() }
        let name = String(String.UnicodeScalarView(scalars[position + 1..<end]))
        guard let first = name.first, "LMNPSZC".contains(first) else { throw RegexParser.NotUnderstood() }
        position = end + 1
        return ScalarSet(categories: [(name, isInverted)])
    }
}

extension ScalarSet {
    /// The one character of a set that has no other.
    fileprivate var single: UInt32? {
        guard ranges.count == 1, categories.isEmpty, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}
