public import DifyProtocol

/// One event of an app's run, or its whole answer when it blocks.
public struct AppEvent: Sendable, Hashable {
    /// All members, as Dify sends them.
    public let fields: JSONObject

    /// Reads an event.
    ///
    /// - Returns: nil for what is no object.
    public init?(wire: JSONValue) {
        guard let fields = wire.object else { return nil }
        self.fields = fields
    }

    /// What happened: `message`, `node_finished` and so on; nil for the whole answer of a workflow.
    public var name: String? { fields["event"]?.string }
    /// The text that a message adds; the whole text when the app blocks.
    public var answer: String? { fields["answer"]?.string }
    /// The conversation, with which a chat can be continued.
    public var conversationID: String? { fields["conversation_id"]?.string }
    /// The message that is being answered.
    public var messageID: String? { fields["message_id"]?.string }
    /// What an event of a workflow tells.
    public var data: JSONObject? { fields["data"]?.object }
    /// The outputs of a workflow or of one of its nodes, once it is finished.
    public var outputs: JSONObject? { data?["outputs"]?.object }
    /// How a workflow or one of its nodes ended: `succeeded`, `failed` and so on.
    public var status: String? { data?["status"]?.string }
}
