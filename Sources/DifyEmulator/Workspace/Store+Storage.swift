import DifyProtocol
import Foundation
import GRDB

/// Whose stored values are meant.
struct StoragePlace: Sendable {
    let workspace: String
    /// The workspace that this one is based on when the store does not know it yet.
    let base: String
    /// `author/name`
    let plugin: String
    /// What the seed put there, by path.
    let seeded: [String: [UInt8]]
}

/// What plugins stored.
extension Store {
    /// Carries a storage call out. What it wrote is on disk when this returns.
    ///
    /// - Parameter isLoaded: Whether the daemon has the value in its cache.
    func answer(
        _ call: StorageInvocation, isLoaded: Bool, at place: StoragePlace, by rules: StorageRules
    ) throws(StoreError) -> StorageAnswer {
        switch call.operation {
        case .get, .exist:
            return try reading { db in
                let id = try Self.id(ofWorkspace: place.workspace, in: db)
                var values = StoredValues(db: db, workspaceID: id, plugin: place.plugin, seeded: place.seeded)
                return try rules.answer(call, isLoaded: isLoaded, in: &values)
            }
        case .set, .delete:
            return try writingDurably { db in
                let id = try Self.keptID(of: place.workspace, basedOn: place.base, in: db)
                var values = StoredValues(db: db, workspaceID: id, plugin: place.plugin, seeded: place.seeded)
                return try rules.answer(call, isLoaded: isLoaded, in: &values)
            }
        }
    }

    /// What plugins wrote into a workspace, by plugin and path; nil where they deleted a seeded value.
    static func storedValues(
        of workspaceID: Int64, in db: Database
    ) throws -> [(plugin: String, path: String, value: [UInt8]?)] {
        let sql = "SELECT plugin, key, value FROM stored WHERE workspaceID = ? ORDER BY plugin, key"
        return try Row.fetchAll(db, sql: sql, arguments: [workspaceID]).map { row in
            let value: Data? = row["value"]
            return (row["plugin"], row["key"], value.map { Array($0) })
        }
    }

    /// Forgets what calls left behind in a workspace: stored values, files, conversations. What a seed put there and
    /// is kept in the same tables goes as well.
    static func clearRemains(of workspaceID: Int64, in db: Database) throws {
        for table in ["stored", "storageUse", "file", "conversation"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE workspaceID = ?", arguments: [workspaceID])
        }
    }

    // MARK: - Access

    /// The row of a workspace; nil for one that the store does not know yet. On the path of calls, hence cached.
    static func id(ofWorkspace name: String, in db: Database) throws -> Int64? {
        let statement = try db.cachedStatement(sql: "SELECT id FROM workspace WHERE name = ?")
        return try Int64.fetchOne(statement, arguments: [name])
    }

    /// The row of a workspace, made when there is none: a workspace comes into being with its first call.
    static func keptID(of name: String, basedOn base: String, in db: Database) throws -> Int64 {
        if let id = try id(ofWorkspace: name, in: db) { return id }
        let origin = try workspace(named: base, in: db)
        var record = WorkspaceRecord(name: name, seed: origin?.seed ?? 0, baseID: origin?.id)
        try record.insert(db)
        return db.lastInsertedRowID
    }

    /// Writes in one transaction, which has reached the disk when this returns; nothing stays of one that fails.
    ///
    /// GRDB opens files in WAL mode with `synchronous=NORMAL`: commits survive the end of the process, yet the last of
    /// them may be lost with the machine's power.
    @discardableResult
    func writingDurably<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try database.writeWithoutTransaction { db in
                let usual = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 1
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // A connection that stays at FULL is slower and nothing worse.
                defer { try? db.execute(sql: "PRAGMA synchronous = \(usual)") }
                try db.beginTransaction(.immediate)
                do {
                    let value = try body(db)
                    try db.commit()
                    return value
                } catch {
                    try? db.rollback()
                    throw error
                }
            }
        } catch {
            throw StoreError(error, path: name)
        }
    }
}
