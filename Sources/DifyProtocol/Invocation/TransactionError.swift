/// A body that carries no reverse call.
///
/// Dify's daemon answers some of these with HTTP bodies that crash the SDK or leave it silent. The emulator
/// always answers with an `error` event, which the SDK raises as an exception with this message.
public struct TransactionError: Error, Sendable, Hashable {
    /// The text that the plugin sees.
    public let message: String
    /// The session, as far as it could be read.
    public let sessionID: String
    /// The call's id, as far as it could be read.
    public let requestID: String

    init(_ reason: String, sessionID: String = "", requestID: String = "") {
        self.init(plain: "invoke dify failed: " + reason, sessionID: sessionID, requestID: requestID)
    }

    /// An error that is shown as it stands.
    public init(plain message: String, sessionID: String = "", requestID: String = "") {
        self.message = message
        self.sessionID = sessionID
        self.requestID = requestID
    }
}
