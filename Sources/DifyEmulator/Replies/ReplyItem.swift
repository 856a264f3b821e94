import DifyProtocol

/// One item of a reply, as a seed writes it: what to send, and how long to wait before.
struct ReplyItem: Sendable {
    /// What is sent.
    enum Content: Sendable {
        /// A message: its type, and templates of its body and meta data.
        case message(ToolInvokeMessage.MessageType, body: JSONTemplate, meta: JSONTemplate?)
        /// The outputs of a workflow run, which become Dify's messages.
        case outputs(JSONTemplate)
        /// A workflow run that failed with this text.
        case failed(TextTemplate)
        /// The HTTP response of a custom tool's API.
        case response(APIResponseTemplate)
        /// An exception inside the stream.
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
        case .error, .rawError: "error"
        case .failed: "failed"
        case .message, .outputs, .response, .refuse: nil
        }
    }
}

/// The answer of a tool or a script: one list of items, or one list for each successive call.
struct ToolAnswer: Sendable {
    /// What comes after the last list of a sequence.
    enum Continuation: String, Sendable, CaseIterable {
        /// The last one again.
        case `repeat`
        /// The first one, and so on.
        case cycle
        /// An error.
        case refuse
    }

    let lists: [[ReplyItem]]
    let continuation: Continuation

    /// Whether it matters which call this is.
    var isSequence: Bool { lists.count > 1 || continuation == .refuse }

    /// The list for the call with this number, counted from 0.
    ///
    /// - Returns: nil when the sequence is used up.
    func items(forCall number: Int) -> [ReplyItem]? {
        if number < lists.count { return lists[number] }
        switch continuation {
        case .repeat: return lists.last ?? []
        case .cycle: return lists.isEmpty ? [] : lists[number % lists.count]
        case .refuse: return nil
        }
    }
}
