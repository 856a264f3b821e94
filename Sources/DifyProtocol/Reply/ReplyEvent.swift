/// One event of the answer to a reverse call.
public enum ReplyEvent: Sendable, Hashable {
    /// A piece of the answer.
    case response(JSONValue)
    /// The call failed; the plugin raises an exception with exactly the failure's text. Earlier responses stand.
    case error(ReplyFailure)

    /// A failure that reaches the plugin as it stands.
    public static func error(_ text: String) -> ReplyEvent { .error(ReplyFailure(text)) }
    /// The answer is complete. It follows an error as well.
    case end
}
