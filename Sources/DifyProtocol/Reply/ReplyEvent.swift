/// One event of the answer to a reverse call.
public enum ReplyEvent: Sendable, Hashable {
    /// A piece of the answer.
    case response(JSONValue)
    /// The call failed; the plugin raises an exception with exactly this text. Earlier responses stand.
    case error(String)
    /// The answer is complete. It follows an error as well.
    case end
}
