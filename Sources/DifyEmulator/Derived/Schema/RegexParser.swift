/// Reads a regular expression into ``RegexSyntax``.
struct RegexParser {
    /// The expression uses what is not known here, or is none.
    struct NotUnderstood: Error {}

    /// Longest expression that is read.
    private static let maximumLength = 4_000
    /// Deepest nesting of groups that is read.
    private static let maximumDepth = 40

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var groups = 0
    private var depth = 0
    private var ignoresCase = false

    /// - Returns: nil for an expression that is wrong or uses what is not known here: conditions, possessive groups,
    ///   named back references, flags other than `(?i)` and `(?s)`-like ones at the beginning.
    static func parse(_ pattern: String) -> RegexSyntax? {
        var parser = RegexParser(scalars: Array(pattern.unicodeScalars))
        guard parser.scalars.count <= maximumLength, let syntax = try? parser.choice() else { return nil }
        return parser.position == parser.scalars.count ? syntax : nil
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private mutating func choice() throws(NotUnderstood) -> RegexSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw NotUnderstood() }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(NotUnderstood) -> RegexSyntax {
        var parts: [RegexSyntax] = []
        while let next = peek, next != "|", next != ")" {
            let part = try atom()
            parts.append(try quantified(part))
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func quantified(_ part: RegexSyntax) throws(NotUnderstood) -> RegexSyntax {
        guard let (minimum, maximum) = quantifier() else { return part }
        if let maximum, maximum < minimum { throw NotUnderstood() }
        if !take("?") { _ = take("+") }
        if peek == "*" { throw NotUnderstood() }
        return .repetition(part, minimum: minimum, maximum: maximum)
    }

    private mutating func quantifier() -> (minimum: Int, maximum: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        guard take("{") else { return nil }
        let minimum = number()
        let isRange = take(",")
        let maximum = isRange ? number() : minimum
        guard take("}"), minimum != nil || maximum != nil else {
            // A brace that opens no quantifier is a brace.
            position = start
            return nil
        }
        return (minimum ?? 0, maximum)
    }

    private mutating func atom() throws(NotUnderstood) -> RegexSyntax {
        guard let scalar = peek else { throw NotUnderstood() }
        position += 1
        switch scalar {
        case "^": return .position(.start)
        case "$": return .position(.end)
        case ".": return .character(.any)
        case "(": return try group()
        case "[": return .character(cased(try RegexClassParser.set(in: scalars, from: &position)))
        case "\\": return try escape()
        case "*", "+", "?": throw NotUnderstood()
        default: return .character(cased(ScalarSet(ranges: [scalar.value...scalar.value])))
        }
    }

    private mutating func escape() throws(NotUnderstood) -> RegexSyntax {
        switch peek {
        case "b": return skipping(.position(.wordBoundary))
        case "B": return skipping(.position(.noWordBoundary))
        case "A": return skipping(.position(.start))
        case "Z", "z": return skipping(.position(.end))
        case .some("1"..."9"):
            guard let group = number(), group <= groups else { throw NotUnderstood() }
            return .backReference(group)
        default: return .character(cased(try RegexClassParser.escape(in: scalars, from: &position)))
        }
    }

    private mutating func skipping(_ syntax: RegexSyntax) -> RegexSyntax {
        position += 1
        return syntax
    }

    private mutating func group() throws(NotUnderstood) -> RegexSyntax {
        guard take("?") else { return try captured() }
        if take(":") { return try closed() }
        if take("=") { return .look(try closed(), isAhead: true, isNegative: false) }
        if take("!") { return .look(try closed(), isAhead: true, isNegative: true) }
        if take("i") || take("s") || take("m") || take("u") || take("a") {
            return try flags()
        }
        _ = take("P")
        guard take("<") else { throw NotUnderstood() }
        if take("=") { return .look(try closed(), isAhead: false, isNegative: false) }
        if take("!") { return .look(try closed(), isAhead: false, isNegative: true) }
        while let scalar = peek, scalar != ">" {
            guard scalar.isWordPart || scalar == "_" else { throw NotUnderstood() }
            position += 1
        }
        guard take(">") else { throw NotUnderstood() }
        return try captured()
    }

    private mutating func captured() throws(NotUnderstood) -> RegexSyntax {
        groups += 1
        let number = groups
        return .group(number, try closed())
    }

    private mutating func closed() throws(NotUnderstood) -> RegexSyntax {
        let content = try choice()
        guard take(")") else { throw NotUnderstood() }
        return content
    }

    /// Flags for the whole expression. Those that only change what `.`, `^` and `$` mean at line ends do no harm.
    private mutating func flags() throws(NotUnderstood) -> RegexSyntax {
        position -= 1
        while let flag = peek, "ismua".unicodeScalars.contains(flag) {
            if flag == "i" { ignoresCase = true }
            position += 1
        }
        guard take(")") else { throw NotUnderstood() }
        return .sequence([])
    }

    private func cased(_ set: ScalarSet) -> ScalarSet { ignoresCase ? set.ignoringCase() : set }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private mutating func number() -> Int? {
        let start = position
        var value = 0
        while let digit = peek, ("0"..."9").contains(digit), position - start < 7 {
            value = value * 10 + Int(digit.value) - 0x30
            position += 1
        }
        return position > start ? value : nil
    }
}
