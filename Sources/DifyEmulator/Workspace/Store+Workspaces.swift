import DifyProtocol
import GRDB

/// Workspaces in and out of the store.
extension Store {
    /// Loads seeds, all of them or none.
    ///
    /// - Parameters:
    ///   - override: The workspace to load into, whatever the seeds say.
    ///   - replaces: Whether the workspaces are emptied first.
    /// - Returns: The names of the workspaces that were loaded, in order.
    /// - Throws: ``SeedError`` with the mistakes, ``StoreError``.
    func load(_ seeds: [SeedSource], into override: String?, replacing replaces: Bool) throws -> [String] {
        guard !seeds.isEmpty else { return [] }
        do {
            return try database.write { db in
                var mistakes: [SeedMistake] = []
                var areWhole = true
                var names: [String] = []
                for source in seeds {
                    let document = source.document(mistakes: &mistakes) { workspace in
                        let known = (override ?? workspace).flatMap { try? Self.workspace(named: $0, in: db) }
                        return known?.seed ?? 0
                    }
                    areWhole = areWhole && document.isWhole
                    let name = override ?? document.workspace ?? "default"
                    let isFirst = !names.contains(name)
                    if isFirst { names.append(name) }
                    let record = try Self.record(named: name, seed: document.seed, in: db)
                    guard let id = record.id else { continue }
                    if replaces, isFirst { try Self.clear(id, in: db) }
                    mistakes += try Self.merge(document, into: record, judgesScripts: areWhole, in: db)
                    if mistakes.isEmpty { try Self.write(document, into: id, in: db) }
                }
                guard mistakes.isEmpty else { throw SeedError(mistakes) }
                return names
            }
        } catch let error as SeedError {
            throw error
        } catch {
            throw StoreError(error, path: name)
        }
    }

    /// The record of a workspace that is about to be seeded.
    private static func record(named name: String, seed: Int?, in db: Database) throws -> WorkspaceRecord {
        var record = try workspace(named: name, in: db) ?? WorkspaceRecord(name: name, seed: seed ?? 0)
        if let seed { record.seed = seed }
        try record.save(db)
        return record
    }

    /// What does not go together when a seed is merged into a workspace.
    private static func merge(
        _ document: SeedDocument, into record: WorkspaceRecord, judgesScripts: Bool, in db: Database
    ) throws -> [SeedMistake] {
        var entries = try entries(of: record, in: db)
        let mistakes = entries.merge(document)
        guard judgesScripts else { return mistakes }
        do {
            _ = try entries.compiled()
            return mistakes
        } catch {
            return mistakes + error.mistakes
        }
    }

    /// The name of the workspace that was made first.
    func firstWorkspace() throws(StoreError) -> String? {
        try reading { db in try String.fetchOne(db, sql: "SELECT name FROM workspace ORDER BY id LIMIT 1") }
    }

    /// Opens a workspace, making it when the store has none of that name.
    func openWorkspace(named name: String, basedOn base: Workspace?) throws(StoreError) -> Workspace {
        try writing { db in
            if try Self.workspace(named: name, in: db) == nil {
                let count = try WorkspaceRecord.fetchCount(db)
                guard count < Platform.maximumWorkspaces else {
                    throw StoreError("the store holds \(count) workspaces and takes no more; start with a new one")
                }
                let baseRecord = try base.flatMap { try Self.workspace(named: $0.name, in: db) }
                var record = WorkspaceRecord(name: name, seed: baseRecord?.seed ?? 0, baseID: baseRecord?.id)
                try record.insert(db)
            }
        }
        return Workspace(name: name, catalog: try catalog(of: name, basedOn: base))
    }

    /// The snapshot of a workspace. One without entries of its own shares its base's.
    func catalog(of name: String, basedOn base: Workspace?) throws(StoreError) -> Catalog {
        try reading { db in
            guard let record = try Self.workspace(named: name, in: db), let id = record.id else {
                throw StoreError("the store has no workspace \(name)")
            }
            if let base, base.name != name, let baseID = record.baseID,
                try WorkspaceRecord.fetchOne(db, key: baseID)?.name == base.name, try !Self.hasOwnEntries(id, in: db)
            {
                return base.catalog
            }
            return try Self.entries(of: record, in: db).compiled()
        }
    }

    // MARK: - Access

    /// Reads; database errors become words.
    func reading<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw StoreError(error, path: name)
        }
    }

    /// Writes in one transaction; nothing stays of one that fails.
    @discardableResult
    func writing<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try database.write(body)
        } catch {
            throw StoreError(error, path: name)
        }
    }
}
