import GRDB

extension Schema {
    /// The tables of what calls leave behind: stored values, files, conversations.
    static func createPluginTables(in db: Database) throws {
        try createStorageTables(in: db)
        try createFileTable(in: db)
        try createConversationTables(in: db)
    }

    private static func createStorageTables(in db: Database) throws {
        try db.create(table: "stored") { table in
            table.column("workspaceID", .integer).notNull().references("workspace", onDelete: .cascade)
            table.column("plugin", .text).notNull()
            // The path that the daemon makes of the key.
            table.column("key", .text).notNull()
            // NULL where a plugin deleted what the seed had put there.
            table.column("value", .blob)
            table.primaryKey(["workspaceID", "plugin", "key"])
        }
        // What the values in "stored" count against the plugin's limit: Dify's `tenant_storages`.
        try db.create(table: "storageUse") { table in
            table.column("workspaceID", .integer).notNull().references("workspace", onDelete: .cascade)
            table.column("plugin", .text).notNull()
            table.column("bytes", .integer).notNull()
            table.primaryKey(["workspaceID", "plugin"])
        }
    }

    private static func createFileTable(in db: Database) throws {
        try db.create(table: "file") { table in
            table.column("workspaceID", .integer).notNull().references("workspace", onDelete: .cascade)
            table.column("id", .text).notNull()
            table.column("position", .integer).notNull()
            table.column("name", .text).notNull()
            table.column("mimeType", .text).notNull()
            table.column("extension", .text).notNull()
            table.column("size", .integer).notNull()
            table.column("userID", .text).notNull()
            // Empty where only the user's id is known.
            table.column("userSession", .text).notNull()
            table.column("createdAt", .integer).notNull()
            table.column("isSeeded", .boolean).notNull()
            // Of name, type, owner and content. Files that are the same in all of them are told apart by their number.
            table.column("digest", .text).notNull()
            table.column("content", .blob).notNull()
            table.primaryKey(["workspaceID", "id"])
        }
        // Addresses of files name no workspace.
        try db.create(index: "file_id", on: "file", columns: ["id"])
        try db.create(index: "file_digest", on: "file", columns: ["workspaceID", "digest"])
    }

    private static func createConversationTables(in db: Database) throws {
        try db.create(table: "conversation") { table in
            table.column("workspaceID", .integer).notNull().references("workspace", onDelete: .cascade)
            table.column("id", .text).notNull()
            table.column("position", .integer).notNull()
            table.column("appID", .text).notNull()
            table.column("userID", .text).notNull()
            table.column("userSession", .text).notNull()
            table.column("createdAt", .integer).notNull()
            table.primaryKey(["workspaceID", "id"])
        }
        try db.create(table: "message") { table in
            table.column("workspaceID", .integer).notNull()
            table.column("conversationID", .text).notNull()
            table.column("position", .integer).notNull()
            table.column("id", .text).notNull()
            // Blobs of UTF-8: a text of SQLite ends at its first null character.
            table.column("query", .blob).notNull()
            table.column("answer", .blob).notNull()
            table.column("createdAt", .integer).notNull()
            table.primaryKey(["workspaceID", "conversationID", "position"])
            table.foreignKey(
                ["workspaceID", "conversationID"], references: "conversation", columns: ["workspaceID", "id"],
                onDelete: .cascade)
        }
    }
}
