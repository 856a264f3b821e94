/// The parts of a regular expression that stand for one character: `[a-z_]`, `\d`, `\u00e9`.
extension RegexScanner {
    /// What `[` opened, up to and with its `]`.
    mutating func set() throws(NotUnderstood) -> ScalarSet {
        var set = ScalarSet()
        set.isInverted = take("^")
        var isFirst = true
        while isFirst || !take("]") {
            isFirst = false
            let low = try member()
            let beforeHyphen = self
            guard let start = low.single, take("-"), peek != "]" else {
                self = beforeHyphen
                set.ranges += low.ranges
                continue
            }
            guard let end = try member().single, start <= end else { throw NotUnderstood() }
            set.ranges.append(start...end)
        }
        return set
    }

    private mutating func member() throws(NotUnderstood) -> ScalarSet {
        let scalar = try next()
        return scalar == "\\" ? try escape() : ScalarSet(scalar.value)
    }

    /// What follows a backslash, inside and outside of brackets.
    mutating func escape() throws(NotUnderstood) -> ScalarSet {
        let scalar = try next()
        switch scalar {
        case "d": return .digits
        case "D": return ScalarSet(ranges: ScalarSet.digits.complement())
        case "w": return .word
        case "W": return ScalarSet(ranges: ScalarSet.word.complement())
        case "s": return .space
        case "S": return ScalarSet(ranges: ScalarSet.space.complement())
        case "n": return ScalarSet(0x0A)
        case "r": return ScalarSet(0x0D)
        case "t": return ScalarSet(0x09)
        case "x": return ScalarSet(try hexadecimal(2))
        case "u": return ScalarSet(try hexadecimal(4))
        case "a"..."z", "A"..."Z", "0"..."9": throw NotUnderstood()
        default: return ScalarSet(scalar.value)
        }
    }
}

extension ScalarSet {
    fileprivate init(_ value: UInt32) { self.init(ranges: [value...value]) }

    /// The one character of a set that has no other.
    fileprivate var single: UInt32? {
        ranges.count == 1 && ranges[0].count == 1 ? ranges[0].lowerBound : nil
    }
}
