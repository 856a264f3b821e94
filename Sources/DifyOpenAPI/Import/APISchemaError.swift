/// Dify's refusal of an API document, in Dify's words.
///
/// Dify lets the exceptions of its Python code through, so the text of a `KeyError` is the quoted key and that
/// of a pydantic error spans several lines.
public struct APISchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The Python exception that Dify raises.
    public enum Kind: String, Sendable {
        /// Neither JSON nor YAML.
        case schema = "ToolApiSchemaError"
        /// An empty list of servers.
        case provider = "ToolProviderNotFoundError"
        case key = "KeyError"
        case type = "TypeError"
        case attribute = "AttributeError"
        case index = "IndexError"
        case unboundLocal = "UnboundLocalError"
        case validation = "ValidationError"
    }

    /// The exception's class.
    public let kind: Kind
    /// The exception's text.
    public let message: String

    public var description: String { message }

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
