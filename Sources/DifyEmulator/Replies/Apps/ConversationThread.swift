import DifyProtocol

/// A conversation that a call may not continue. Dify refuses it without a word.
struct UnknownConversation: Error {
    /// What Dify does not say.
    let reason: String

    static let refusal = Refusal.invalidParameter("")
}

/// The conversation that a call of an app belongs to: a new one, or one that the workspace remembers.
struct ConversationThread {
    let id: String
    /// Which message of the conversation is being answered, counted from 1.
    let turn: Int
    let user: EndUser
    /// What there is to say about the conversation.
    let notes: [String]
    private let appID: String
    private let isKept: Bool
    private let context: CallContext

    /// - Throws: ``UnknownConversation`` for one that is unknown, or of another app or user. A chatflow starts a new one
    ///   instead.
    init(
        of call: AppInvocation, with app: CatalogApp, identity: CallIdentity, in context: CallContext
    ) throws(UnknownConversation) {
        self.context = context
        user = context.catalog.endUser(context.caller.user)
        appID = app.id.description
        isKept = app.mode.hasConversations
        guard isKept, !call.conversationID.isEmpty else {
            (id, turn, notes) = (Self.newID(identity, in: context), 1, [])
            return
        }
        let (length, reason) = Self.length(of: call.conversationID, appID: appID, user: user, in: context)
        if let length {
            (id, turn) = (call.conversationID, length + 1)
            notes = Self.isNewToDify(context.caller, user) ? [context.note(.continuedConversation)] : []
        } else if app.mode == .advancedChat, context.profile.has(.unknownConversation) {
            (id, turn) = (Self.newID(identity, in: context), 1)
            notes = ["\(reason); a chatflow starts a new one then"]
        } else {
            throw UnknownConversation(reason: reason)
        }
    }

    /// Whether Dify would make a new end user for the call, who has no conversation yet.
    private static func isNewToDify(_ caller: Caller, _ user: EndUser) -> Bool {
        !caller.user.isEmpty && caller.user != user.id
    }

    /// How many messages a conversation has; nil, with the reason, when this call may not continue it.
    private static func length(
        of id: String, appID: String, user: EndUser, in context: CallContext
    ) -> (length: Int?, reason: String) {
        if !context.answersUsefully, isNewToDify(context.caller, user) {
            return (nil, context.note(.continuedConversation))
        }
        guard let found = context.platform.outline(ofConversation: id, in: context.workspace) else {
            return (nil, "there is no conversation \(id)")
        }
        if found.appID != appID { return (nil, "conversation \(id) is one with another app") }
        if found.userID != user.id { return (nil, "conversation \(id) is one of another user") }
        return (found.length, "")
    }

    /// An id that no conversation of the workspace has, also when a store remembers earlier runs.
    private static func newID(_ identity: CallIdentity, in context: CallContext) -> String {
        var attempt = 1
        while true {
            let id = identity.id(attempt == 1 ? "conversation" : "conversation \(attempt)")
            if context.platform.outline(ofConversation: id, in: context.workspace) == nil { return id }
            attempt += 1
        }
    }

    /// Remembers an answer.
    func keep(query: String, answer: String, messageID: String) {
        guard isKept else { return }
        let record = ConversationRecord(id: id, appID: appID, user: user, createdAt: context.now)
        let message = ConversationRecord.Message(
            id: messageID, query: query, answer: answer, createdAt: context.now)
        context.platform.remember(message, of: record, in: context.workspace)
    }
}

extension CatalogApp.Mode {
    /// Whether a call can continue an earlier one.
    var hasConversations: Bool {
        switch self {
        case .chat, .agentChat, .advancedChat: true
        case .workflow, .completion: false
        }
    }
}
