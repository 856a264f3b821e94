import GRDB

/// An entry that a workspace is to show no longer.
struct RemovedEntry: Sendable, Hashable {
    /// The table that it stands in.
    enum Kind: String, Sendable {
        case api
        case workflow
        case script
    }

    let kind: Kind
    let identity: String
}

/// Entries out of the tables. A workspace cannot touch the rows of the one that it is based on, so it remembers which
/// of them it does not show.
extension Store {
    /// What a workspace does not show of the one that it is based on.
    static func removals(of id: Int64, in db: Database) throws -> [RemovedEntry] {
        let statement = try db.cachedStatement(sql: "SELECT kind, identity FROM removed WHERE workspaceID = ?")
        return try Row.fetchAll(statement, arguments: [id]).compactMap { row in
            let (kind, identity): (String, String) = (row[0], row[1])
            return RemovedEntry.Kind(rawValue: kind).map { RemovedEntry(kind: $0, identity: identity) }
        }
    }

    /// Removes an entry from a workspace, whether it is its own or its base's.
    static func remove(_ entry: RemovedEntry, from workspace: WorkspaceRecord, in db: Database) throws {
        guard let id = workspace.id else { return }
        let table = entry.kind.rawValue
        let own = "DELETE FROM \(table) WHERE workspaceID = ? AND identity = ?"
        try db.execute(sql: own, arguments: [id, entry.identity])
        let shown = "SELECT EXISTS (SELECT 1 FROM \(table) WHERE workspaceID = ? AND identity = ?)"
        let isInherited = try bases(of: workspace, in: db).compactMap(\.id).contains { base in
            try Bool.fetchOne(db, sql: shown, arguments: [base, entry.identity]) == true
        }
        guard isInherited else { return }
        let sql = "INSERT INTO removed (workspaceID, kind, identity) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        try db.execute(sql: sql, arguments: [id, table, entry.identity])
    }
}

extension WorkspaceEntries {
    /// Leaves out what a workspace does not show.
    mutating func remove(_ removals: [RemovedEntry]) {
        guard !removals.isEmpty else { return }
        let gone = Set(removals)
        workflows.removeAll { gone.contains(RemovedEntry(kind: .workflow, identity: $0.identity)) }
        apis.removeAll { gone.contains(RemovedEntry(kind: .api, identity: $0.identity)) }
        scripts.removeAll { gone.contains(RemovedEntry(kind: .script, identity: $0.identity)) }
    }
}
