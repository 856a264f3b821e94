/// A `pattern` of a JSON schema: searched for, not anchored, and a model for texts.
struct SchemaPattern: Sendable {
    private let syntax: RegexSyntax?
    private let program: RegexProgram?

    init(_ pattern: String) {
        syntax = RegexParser.parse(pattern)
        program = syntax.flatMap { RegexProgram($0) }
    }

    /// Whether the text holds a match; nil when the expression is not understood or the work is used up.
    func isFound(in text: String, work: inout Int) -> Bool? { program?.isFound(in: text, work: &work) }

    /// A text that matches, best of so many characters; nil when the expression is not understood or the work used up.
    func text(length: Int, variation: Int, work: inout Int) -> String? {
        guard work > 0, let text = syntax.flatMap({ RegexText.text(for: $0, length: length, variation: variation) })
        else { return nil }
        work -= 10 * text.utf8.count
        return text
    }
}
