import GRDB

/// The tables of a store. Every row belongs to a workspace.
enum Schema {
    /// Marks a SQLite file as a store of this program ("DFEM").
    static let applicationID: Int32 = 0x4446_454D

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 workspaces and tools") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.create(table: "workspace") { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("name", .text).notNull().unique()
                table.column("seed", .integer).notNull()
                // A workspace made on first use shows the entries of the one it was made from.
                table.column("baseID", .integer).references("workspace")
            }
            // Counts seedings, so that those who follow the file know when entries have changed.
            try db.create(table: "revision") { $0.column("number", .integer).notNull() }
            try db.execute(sql: "INSERT INTO revision VALUES (0)")
            try createEntryTable("plugin", in: db)
            try createEntryTable("workflow", in: db)
            try createEntryTable("api", in: db) { table in
                table.column("document", .text).notNull()
                table.column("tools", .text).notNull()
            }
            try createEntryTable("script", in: db)
        }
        migrator.registerMigration("2 models, apps and what plugins leave behind") { db in
            let tables = [
                "model", "app", "user", "caller", "moderation", "transcript", "storedSeed", "conversationSeed",
            ]
            for table in tables { try createEntryTable(table, in: db) }
            try createPluginTables(in: db)
            for table in ["plugin", "workflow", "api", "script", "file", "conversation"] + tables {
                // The next position is asked for with every row that is written.
                try db.create(index: "\(table)_position", on: table, columns: ["workspaceID", "position"])
            }
            try addTenants(in: db)
        }
        migrator.registerMigration("3 profiles and removals") { db in
            // The release whose rules the workspace's tools were imported by; NULL for the current one, or the base's.
            try db.alter(table: "workspace") { $0.add(column: "profile", .text) }
            try createRemovals(in: db)
        }
        return migrator
    }

    /// Gives each workspace the id of its tenant, by which addresses of uploads name it.
    private static func addTenants(in db: Database) throws {
        try db.alter(table: "workspace") { $0.add(column: "tenantID", .text) }
        try db.create(index: "workspace_tenantID", on: "workspace", columns: ["tenantID"])
        for row in try Row.fetchAll(db, sql: "SELECT id, name, seed FROM workspace") {
            let (id, name, seed): (Int64, String, Int) = (row["id"], row["name"], row["seed"])
            let tenant = Workspace.tenantID(ofWorkspace: name, seed: seed).description
            try db.execute(sql: "UPDATE workspace SET tenantID = ? WHERE id = ?", arguments: [tenant, id])
        }
    }

    /// A table of seed entries: identity within the workspace, place among its kind, and the entry as JSON.
    private static func createEntryTable(
        _ name: String, in db: Database, more: (TableDefinition) -> Void = { _ in }
    ) throws {
        try db.create(table: name) { table in
            table.column("workspaceID", .integer).notNull().references("workspace", onDelete: .cascade)
            table.column("identity", .text).notNull()
            table.column("position", .integer).notNull()
            table.column("definition", .text).notNull()
            more(table)
            table.primaryKey(["workspaceID", "identity"])
        }
    }
}
