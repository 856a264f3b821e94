import Logging

extension Platform {
    /// What there is to know about a conversation, with all that was said in it: by the seed, then by calls.
    ///
    /// - Returns: nil when the workspace knows none with this id, or the store cannot be read, which the log tells.
    func outline(ofConversation id: String, in workspace: Workspace) -> ConversationOutline? {
        let catalog = workspace.catalog
        let seeded = catalog.state.conversations[id].map { ConversationOutline($0, in: catalog) }
        let kept: ConversationOutline?
        do {
            kept = try store.outline(ofConversation: id, in: workspace.name)
        } catch {
            options.logger.error("conversation \(id) cannot be read: \(error)")
            return seeded
        }
        guard var seeded, let kept else { return kept ?? seeded }
        seeded.length += kept.length
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

extension ConversationOutline {
    /// A conversation as the seed tells it.
    fileprivate init(_ conversation: CatalogState.Conversation, in catalog: Catalog) {
        let seeded = conversation.seeded
        self.init(
            appID: conversation.app.description, userID: catalog.endUser(seeded.user).id,
            length: seeded.messages.count)
    }
}
