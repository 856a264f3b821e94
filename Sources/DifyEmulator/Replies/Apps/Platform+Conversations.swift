import Logging

extension Platform {
    /// A conversation with all that was said in it: by the seed, then by calls.
    ///
    /// - Returns: nil when the workspace knows none with this id, or the store cannot be read, which the log tells.
    func conversation(_ id: String, in workspace: Workspace) -> ConversationRecord? {
        let catalog = workspace.catalog
        let seeded = catalog.state.conversations[id].map { ConversationRecord($0, in: catalog) }
        let kept: ConversationRecord?
        do {
            kept = try store.conversation(id, in: workspace.name)
        } catch {
            options.logger.error("conversation \(id) cannot be read: \(error)")
            return seeded
        }
        guard var seeded, let kept else { return kept ?? seeded }
        seeded.messages += kept.messages
        return seeded
    }

    /// Adds a message to a conversation. A store that cannot be written is told in the log: the call has its answer.
    func remember(
        _ message: ConversationRecord.Message, of conversation: ConversationRecord, in workspace: Workspace
    ) {
        do {
            try store.append(message, to: conversation, in: workspace.name, basedOn: defaultWorkspace.name)
        } catch {
            options.logger.error("conversation \(conversation.id) is not kept: \(error)")
        }
    }
}

extension ConversationRecord {
    /// A conversation as the seed tells it.
    init(_ conversation: CatalogState.Conversation, in catalog: Catalog) {
        let seeded = conversation.seeded
        self.init(
            id: seeded.id, appID: conversation.app.description, userID: catalog.endUser(seeded.user).id,
            createdAt: seeded.createdAt,
            messages: seeded.messages.map {
                Message(id: $0.id, query: $0.query, answer: $0.answer, createdAt: $0.createdAt)
            })
    }
}
