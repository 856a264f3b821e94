import DifyProtocol

/// One item of a reply, as a seed writes it: what to send, and how long to wait before.
struct ReplyItem: Sendable {
    /// What is sent.
    enum Content: Sendable {
        // Tools.

        /// A message: its type, and templates of its body and meta data.
        case message(ToolInvokeMessage.MessageType, body: JSONTemplate, meta: JSONTemplate?)
        /// The outputs of a workflow run, which become Dify's messages.
        case outputs(JSONTemplate)
        /// A workflow run that failed with this text.
        case failed(TextTemplate)
        /// The HTTP response of a custom tool's API.
        case response(APIResponseTemplate)

        // Models, apps and nodes.

        /// One of their words, and its value.
        case part(ReplyWord, JSONTemplate)

        // Everything.

        /// The data of one response as it stands.
        case raw(JSONTemplate)
        /// An exception of the platform.
        case error(TextTemplate)
        /// An error text that reaches the plugin as it stands.
        case rawError(String)
        /// A refusal before the first byte.
        case refuse(Refusal)
    }

    let delay: Duration
    let content: Content

    /// The seed's word for an item after which nothing is sent; nil for all others.
    var ending: String? {
        switch content {
        case .error, .rawError, .part(.errorEvent, _): "error"
        case .failed, .part(.failed, _): "failed"
        case .message, .outputs, .response, .refuse, .part, .raw: nil
        }
    }
}
