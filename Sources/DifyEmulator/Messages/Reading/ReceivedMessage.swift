package import DifyProtocol

/// A tool's message as Dify's platform holds it: read by its model (`ToolInvokeMessage` in
/// `api/core/tools/entities/tool_entities.py`), on its way to whoever called the tool.
package struct ReceivedMessage: Sendable, Hashable {
    package var type: ToolInvokeMessage.MessageType
    var body: MessageBody
    package var meta: JSONObject?
    /// The file of a `file` message, when the platform itself made the message: a plugin cannot send such an object.
    package var platformFile: JSONObject?

    /// Dify's name for what the body turned out to be.
    package var bodyModel: String { body.modelName }

    /// The message as it travels.
    ///
    /// - Throws: ``MessageError`` where bytes stand for text and are none.
    package func outgoing() throws(MessageError) -> ToolInvokeMessage {
        ToolInvokeMessage(type: type, body: try body.wire(), meta: meta)
    }
}

/// An exception of the platform over a tool's message: an error inside the stream, after what was sent before.
package struct MessageError: Error, Sendable, Hashable {
    /// The exception's text, which may be empty.
    package let text: String

    /// An exception with this text.
    package init(_ text: String) { self.text = text }
}
