import DifyProtocol
import Foundation
import GRDB

/// The values of a plugin in the tables, laid over those that a seed gave it.
struct StoredValues: PluginValues {
    let db: Database
    /// nil for a workspace that the store does not know yet.
    let workspaceID: Int64?
    let plugin: String
    /// By path.
    let seeded: [String: [UInt8]]

    /// What the table has under a path.
    private enum Entry {
        case nothing
        /// The plugin deleted the seed's value.
        case deleted
        case value(size: Int)
    }

    private var owner: StatementArguments { [workspaceID, plugin] }

    // MARK: - Reading

    func value(at path: String) throws -> [UInt8]? {
        let sql = "SELECT value FROM stored WHERE workspaceID = ? AND plugin = ? AND key = ?"
        guard let row = try row(sql, path) else { return seeded[path] }
        let value: Data? = row[0]
        return value.map { Array($0) }
    }

    func size(at path: String) throws -> Int? {
        switch try entry(at: path) {
        case .nothing: seeded[path]?.count
        case .deleted: nil
        case .value(let size): size
        }
    }

    func hasValues(below path: String) throws -> Bool {
        try hasOwnValues(below: path) || !seededPaths(below: path).isEmpty
    }

    func usedBytes() throws -> Int {
        let statement = try db.cachedStatement(sql: "SELECT bytes FROM storageUse WHERE workspaceID = ? AND plugin = ?")
        let used = try Int.fetchOne(statement, arguments: owner) ?? 0
        let replaced = try replaced(among: seeded.keys)
        return seeded.reduce(used) { replaced.contains($1.key) ? $0 : $0 + $1.value.count }
    }

    private func hasOwnValues(below path: String) throws -> Bool {
        let (condition, bounds) = Self.range(below: path)
        let sql = """
            SELECT EXISTS (SELECT 1 FROM stored
            WHERE workspaceID = ? AND plugin = ? AND \(condition) AND value IS NOT NULL)
            """
        let statement = try db.cachedStatement(sql: sql)
        return try Bool.fetchOne(statement, arguments: owner + bounds) ?? false
    }

    /// The paths of seeded values below a path that the plugin left as they were.
    private func seededPaths(below path: String) throws -> [String] {
        let start = path.isEmpty ? "" : "\(path)/"
        let keys = seeded.keys.filter { $0 != path && $0.utf8.starts(with: start.utf8) }
        let replaced = try replaced(among: keys)
        return keys.filter { !replaced.contains($0) }
    }

    /// Those of the seed's paths that the plugin wrote or deleted. One query, however many there are: a plugin may have
    /// stored far more than the seed, or far less.
    private func replaced(among paths: some Collection<String>) throws -> Set<String> {
        guard !paths.isEmpty else { return [] }
        let list = JSONValue.array(paths.map(JSONValue.string)).description
        let sql = """
            SELECT key FROM stored
            WHERE workspaceID = ? AND plugin = ? AND key IN (SELECT value FROM json_each(?))
            """
        return try Set(String.fetchAll(db.cachedStatement(sql: sql), arguments: owner + [list]))
    }

    private func entry(at path: String) throws -> Entry {
        let sql = "SELECT length(value) FROM stored WHERE workspaceID = ? AND plugin = ? AND key = ?"
        guard let row = try row(sql, path) else { return .nothing }
        let size: Int? = row[0]
        guard let size else { return .deleted }
        return .value(size: size)
    }

    private func row(_ sql: String, _ path: String) throws -> Row? {
        try Row.fetchOne(db.cachedStatement(sql: sql), arguments: owner + [path])
    }

    /// What holds for the keys below a path. "0" is the character after "/".
    private static func range(below path: String) -> (condition: String, bounds: StatementArguments) {
        if path.isEmpty { return ("key > ?", [""]) }
        return ("key > ? AND key < ?", ["\(path)/", "\(path)0"])
    }

    // MARK: - Writing

    func keep(_ value: [UInt8], at path: String, counts: Bool) throws {
        let earlier = try entry(at: path)
        // An empty blob is bound as NULL where its memory has no address.
        try execute(
            """
            INSERT INTO stored (workspaceID, plugin, key, value) VALUES (?, ?, ?, COALESCE(?, x''))
            ON CONFLICT (workspaceID, plugin, key) DO UPDATE SET value = excluded.value
            """, owner + [path, Data(value)])
        switch earlier {
        case .nothing where !counts: try count(seeded[path]?.count ?? 0)
        case .nothing, .deleted: try count(counts ? value.count : 0)
        case .value(let size): try count(counts ? value.count - size : 0)
        }
    }

    func remove(at path: String) throws {
        if case .value(let size) = try entry(at: path) { try count(-size) }
        if seeded[path] == nil {
            try execute("DELETE FROM stored WHERE workspaceID = ? AND plugin = ? AND key = ?", owner + [path])
        } else {
            try execute(
                """
                INSERT INTO stored (workspaceID, plugin, key, value) VALUES (?, ?, ?, NULL)
                ON CONFLICT (workspaceID, plugin, key) DO UPDATE SET value = NULL
                """, owner + [path])
        }
    }

    func removeValues(below path: String) throws {
        let (condition, bounds) = Self.range(below: path)
        let sql = "SELECT key FROM stored WHERE workspaceID = ? AND plugin = ? AND \(condition) AND value IS NOT NULL"
        let own = try String.fetchAll(db, sql: sql, arguments: owner + bounds)
        for path in try own + seededPaths(below: path) { try remove(at: path) }
    }

    /// Changes what counts against the plugin's limit.
    private func count(_ bytes: Int) throws {
        guard bytes != 0 else { return }
        try execute(
            """
            INSERT INTO storageUse (workspaceID, plugin, bytes) VALUES (?, ?, ?)
            ON CONFLICT (workspaceID, plugin) DO UPDATE SET bytes = bytes + excluded.bytes
            """, owner + [bytes])
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
