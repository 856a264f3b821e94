import Foundation
import GRDB

/// What was said in a conversation with an app.
struct ConversationRecord: Sendable, Hashable {
    /// A question and its answer.
    struct Message: Sendable, Hashable {
        let id: String
        let query: String
        let answer: String
        /// Unix time in seconds.
        let createdAt: Int
    }

    let id: String
    let appID: String
    let user: EndUser
    /// Unix time in seconds.
    let createdAt: Int
    /// First said first.
    var messages: [Message] = []
}

/// What there is to know about a conversation before it is carried on.
struct ConversationOutline: Sendable, Hashable {
    let appID: String
    /// The end user's id.
    let userID: String
    /// How many messages it has.
    var length: Int
}

/// Conversations with apps, as calls carried them on.
extension Store {
    /// What calls added to a conversation; nil when no call did.
    func outline(ofConversation id: String, in workspace: String) throws(StoreError) -> ConversationOutline? {
        try reading { db in
            guard let workspaceID = try Self.id(ofWorkspace: workspace, in: db) else { return nil }
            let statement = try db.cachedStatement(
                sql: """
                    SELECT appID, userID, (SELECT COUNT(*) FROM message WHERE message.workspaceID =
                    conversation.workspaceID AND message.conversationID = conversation.id) AS length
                    FROM conversation WHERE workspaceID = ? AND id = ?
                    """)
            return try Row.fetchOne(statement, arguments: [workspaceID, id]).map { row in
                ConversationOutline(appID: row["appID"], userID: row["userID"], length: row["length"])
            }
        }
    }

    /// The conversations to which calls added messages, first begun first.
    static func conversations(of workspaceID: Int64, in db: Database) throws -> [ConversationRecord] {
        let sql = "SELECT * FROM conversation WHERE workspaceID = ? ORDER BY position"
        return try Row.fetchAll(db, sql: sql, arguments: [workspaceID]).map { row in
            let id: String = row["id"]
            return ConversationRecord(
                id: id, appID: row["appID"], user: EndUser(id: row["userID"], session: row["userSession"]),
                createdAt: row["createdAt"], messages: try messages(of: id, workspaceID, in: db))
        }
    }

    /// Adds a message to a conversation.
    ///
    /// - Parameters:
    ///   - conversation: The conversation, which is written down when the store does not have it. Its messages are not.
    ///   - workspace: The name of the workspace that it belongs to.
    ///   - base: The workspace that this one is based on when the store does not know it yet.
    func append(
        _ message: ConversationRecord.Message, to conversation: ConversationRecord, in workspace: String,
        basedOn base: String
    ) throws(StoreError) {
        try writing { db in
            let workspaceID = try Self.keptID(of: workspace, basedOn: base, in: db)
            try db.execute(
                sql: """
                    INSERT INTO conversation (workspaceID, id, position, appID, userID, userSession, createdAt)
                    VALUES (?, ?, (SELECT COALESCE(MAX(position), -1) + 1 FROM conversation WHERE workspaceID = ?),
                    ?, ?, ?, ?)
                    ON CONFLICT (workspaceID, id) DO NOTHING
                    """,
                arguments: [
                    workspaceID, conversation.id, workspaceID, conversation.appID, conversation.user.id,
                    conversation.user.session, conversation.createdAt,
                ])
            try Self.write(message, into: conversation.id, of: workspaceID, in: db)
        }
    }

    private static func write(
        _ message: ConversationRecord.Message, into conversation: String, of workspaceID: Int64, in db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO message (workspaceID, conversationID, position, id, query, answer, createdAt) VALUES (?, ?,
                (SELECT COALESCE(MAX(position), -1) + 1 FROM message WHERE workspaceID = ? AND conversationID = ?),
                ?, COALESCE(?, x''), COALESCE(?, x''), ?)
                """,
            arguments: [
                workspaceID, conversation, workspaceID, conversation, message.id, Data(message.query.utf8),
                Data(message.answer.utf8), message.createdAt,
            ])
    }

    private static func messages(
        of conversation: String, _ workspaceID: Int64, in db: Database
    ) throws -> [ConversationRecord.Message] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM message WHERE workspaceID = ? AND conversationID = ? ORDER BY position")
        return try Row.fetchAll(statement, arguments: [workspaceID, conversation]).map { row in
            let (query, answer): (Data, Data) = (row["query"], row["answer"])
            return ConversationRecord.Message(
                id: row["id"], query: String(decoding: query, as: UTF8.self),
                answer: String(decoding: answer, as: UTF8.self), createdAt: row["createdAt"])
        }
    }
}
