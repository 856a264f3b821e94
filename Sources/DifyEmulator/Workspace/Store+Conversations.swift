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
    /// The end user's id.
    let userID: String
    /// Unix time in seconds.
    let createdAt: Int
    /// First said first.
    var messages: [Message] = []
}

/// Conversations with apps, as calls carried them on.
extension Store {
    /// A conversation with what calls added to it; nil when no call did.
    func conversation(_ id: String, in workspace: String) throws(StoreError) -> ConversationRecord? {
        try reading { db in
            guard let workspaceID = try Self.id(ofWorkspace: workspace, in: db) else { return nil }
            let statement = try db.cachedStatement(
                sql: "SELECT * FROM conversation WHERE workspaceID = ? AND id = ?")
            return try Row.fetchOne(statement, arguments: [workspaceID, id]).map { row in
                try Self.conversation(row, of: workspaceID, in: db)
            }
        }
    }

    /// The conversations to which calls added messages, first begun first.
    static func conversations(of workspaceID: Int64, in db: Database) throws -> [ConversationRecord] {
        let sql = "SELECT * FROM conversation WHERE workspaceID = ? ORDER BY position"
        return try Row.fetchAll(db, sql: sql, arguments: [workspaceID]).map { row in
            try conversation(row, of: workspaceID, in: db)
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
                    INSERT INTO conversation (workspaceID, id, position, appID, userID, createdAt) VALUES (?, ?,
                    (SELECT COALESCE(MAX(position), -1) + 1 FROM conversation WHERE workspaceID = ?), ?, ?, ?)
                    ON CONFLICT (workspaceID, id) DO NOTHING
                    """,
                arguments: [
                    workspaceID, conversation.id, workspaceID, conversation.appID, conversation.userID,
                    conversation.createdAt,
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

    private static func conversation(
        _ row: Row, of workspaceID: Int64, in db: Database
    ) throws -> ConversationRecord {
        let id: String = row["id"]
        let sql = "SELECT * FROM message WHERE workspaceID = ? AND conversationID = ? ORDER BY position"
        let messages = try Row.fetchAll(db, sql: sql, arguments: [workspaceID, id]).map { row in
            let (query, answer): (Data, Data) = (row["query"], row["answer"])
            return ConversationRecord.Message(
                id: row["id"], query: String(decoding: query, as: UTF8.self),
                answer: String(decoding: answer, as: UTF8.self), createdAt: row["createdAt"])
        }
        return ConversationRecord(
            id: id, appID: row["appID"], userID: row["userID"], createdAt: row["createdAt"], messages: messages)
    }
}
