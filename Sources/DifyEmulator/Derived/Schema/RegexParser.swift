/// Reads a regular expression into ``RegexSyntax``.
struct RegexParser {
    private typealias NotUnderstood = RegexScanner.NotUnderstood

    /// Longest expression that is read.
    static let maximumLength = 4_000
    /// Deepest nesting of groups that is read.
    private static let maximumDepth = 40

    private var scanner: RegexScanner
    private var groups = 0
    private var depth = 0

    /// - Returns: nil for an expression that is wrong or uses what is not known here: flags, looking behind, Unicode's
    ///   categories, named back references.
    static func parse(_ pattern: String) -> RegexSyntax? {
        guard pattern.utf8.count <= maximumLength else { return nil }
        var parser = RegexParser(scanner: RegexScanner(pattern))
        guard let syntax = try? parser.choice() else { return nil }
        return parser.scanner.peek == nil ? syntax : nil
    }

    private init(scanner: RegexScanner) { self.scanner = scanner }

    private mutating func choice() throws(NotUnderstood) -> RegexSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw NotUnderstood() }
        var branches = [try sequence()]
        while scanner.take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(NotUnderstood) -> RegexSyntax {
        var parts: [RegexSyntax] = []
        while let next = scanner.peek, next != "|", next != ")" {
            let part = try atom()
            parts.append(try quantified(part))
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func quantified(_ part: RegexSyntax) throws(NotUnderstood) -> RegexSyntax {
        guard let (minimum, maximum) = quantifier() else { return part }
        if let maximum, maximum < minimum { throw NotUnderstood() }
        // Whether few or many are taken first makes no difference to what matches.
        _ = scanner.take("?")
        if scanner.peek == "*" || scanner.peek == "+" { throw NotUnderstood() }
        return .repetition(part, minimum: minimum, maximum: maximum)
    }

    private mutating func quantifier() -> (minimum: Int, maximum: Int?)? {
        if scanner.take("*") { return (0, nil) }
        if scanner.take("+") { return (1, nil) }
        if scanner.take("?") { return (0, 1) }
        let start = scanner
        guard scanner.take("{") else { return nil }
        let minimum = scanner.number()
        let maximum = scanner.take(",") ? scanner.number() : minimum
        guard scanner.take("}"), minimum != nil || maximum != nil else {
            // A brace that opens no quantifier is a brace.
            scanner = start
            return nil
        }
        return (minimum ?? 0, maximum)
    }

    private mutating func atom() throws(NotUnderstood) -> RegexSyntax {
        let scalar = try scanner.next()
        switch scalar {
        case "^": return .position(.start)
        case "$": return .position(.end)
        case ".": return .character(.any)
        case "(": return try group()
        case "[": return .character(try scanner.set())
        case "\\": return try escape()
        case "*", "+", "?": throw NotUnderstood()
        default: return .character(ScalarSet(ranges: [scalar.value...scalar.value]))
        }
    }

    private mutating func escape() throws(NotUnderstood) -> RegexSyntax {
        if scanner.take("b") { return .position(.wordBoundary) }
        if scanner.take("B") { return .position(.noWordBoundary) }
        guard let digit = scanner.peek, ("1"..."9").contains(digit) else {
            return .character(try scanner.escape())
        }
        guard let group = scanner.number(), group <= groups else { throw NotUnderstood() }
        return .backReference(group)
    }

    private mutating func group() throws(NotUnderstood) -> RegexSyntax {
        guard scanner.take("?") else { return try captured() }
        if scanner.take(":") { return try closed() }
        if scanner.take("=") { return .ahead(try closed(), isNegative: false) }
        if scanner.take("!") { return .ahead(try closed(), isNegative: true) }
        _ = scanner.take("P")
        guard scanner.take("<") else { throw NotUnderstood() }
        while let scalar = scanner.peek, scalar.isWordPart || scalar == "_" { _ = try scanner.next() }
        guard scanner.take(">") else { throw NotUnderstood() }
        return try captured()
    }

    private mutating func captured() throws(NotUnderstood) -> RegexSyntax {
        groups += 1
        let number = groups
        return .group(number, try closed())
    }

    private mutating func closed() throws(NotUnderstood) -> RegexSyntax {
        let content = try choice()
        guard scanner.take(")") else { throw NotUnderstood() }
        return content
    }
}
