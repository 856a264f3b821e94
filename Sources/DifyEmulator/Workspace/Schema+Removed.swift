import GRDB

extension Schema {
    /// The entries of its base that a workspace no longer shows. What it removed of its own is simply gone.
    static func createRemovals(in db: Database) throws {
        try db.create(table: "removed") { table in
            table.column("workspaceID", .integer).notNull().references("workspace", onDelete: .cascade)
            // The table that the entry stands in.
            table.column("kind", .text).notNull()
            table.column("identity", .text).notNull()
            table.primaryKey(["workspaceID", "kind", "identity"])
        }
    }
}
