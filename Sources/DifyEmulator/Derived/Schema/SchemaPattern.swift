/// A `pattern` of a JSON schema: searched for, not anchored, and a model for texts.
struct SchemaPattern: Sendable {
    private let syntax: RegexSyntax?
    private let program: RegexProgram?

    init(_ pattern: String) {
        syntax = RegexParser.parse(pattern)
        program = syntax.flatMap { RegexProgram($0) }
    }

    /// Whether the text holds a match; nil when the expression is not understood.
    func isFound(in text: String) -> Bool? { program?.isFound(in: text) }

    /// A text that matches, best of so many characters; nil when the expression is not understood.
    func text(length: Int, variation: Int) -> String? {
        syntax.flatMap { RegexText.text(for: $0, length: length, variation: variation) }
    }
}
