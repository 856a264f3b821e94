/// How a call failed: what the plugin is told, and what Dify's platform said before its daemon put words around it.
public struct ReplyFailure: Sendable, Hashable {
    /// Where in Dify the failure arose.
    public enum Cause: Sendable, Hashable {
        /// An exception of the platform while it answered, with its text.
        case exception(String)
        /// An HTTP error of the platform before its answer started.
        case refusal(Refusal)
        /// An answer of the platform, which the daemon does not take.
        case answer(JSONValue)
        /// The daemon's own failure, or a text that reaches the plugin as it stands.
        case other
    }

    /// The text of the exception in the plugin.
    public let text: String
    /// Where it arose.
    public let cause: Cause

    /// A failure.
    public init(_ text: String, cause: Cause = .other) {
        self.text = text
        self.cause = cause
    }
}
