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
        // Read outside of the transaction: a large document must not keep others from writing.
        var mistakes: [SeedMistake] = []
        let documents = try documents(seeds, into: override, mistakes: &mistakes)
        let judgesScripts = documents.allSatisfy(\.isWhole)
        do {
            return try database.write { db in
                var names: [String] = []
                for document in documents {
                    let name = override ?? document.workspace ?? "default"
                    let isFirst = !names.contains(name)
                    if isFirst { names.append(name) }
                    let record = try Self.record(named: name, seed: document.seed, isBare: replaces, in: db)
                    guard let id = record.id else { continue }
                    if replaces, isFirst {
                        try Self.clear(id, in: db)
                        try Self.clearRemains(of: id, in: db)
                    }
                    mistakes += try Self.merge(document, into: record, judgesScripts: judgesScripts, in: db)
                    if mistakes.isEmpty {
                        try Self.write(document, into: id, in: db)
                        mistakes += try Self.writeState(of: document, into: record, in: db)
                    }
                }
                guard mistakes.isEmpty else { throw SeedError(mistakes) }
                try db.execute(sql: "UPDATE revision SET number = number + 1")
                return names
            }
        } catch let error as SeedError {
            throw error
        } catch {
            throw StoreError(error, path: name)
        }
    }

    /// Ids that a seed leaves out follow from the number of the workspace: an earlier seed's, or the store's.
    private func documents(
        _ seeds: [SeedSource], into override: String?, mistakes: inout [SeedMistake]
    ) throws -> [SeedDocument] {
        var numbers = try reading { db in
            Dictionary(try WorkspaceRecord.fetchAll(db).map { ($0.name, $0.seed) }, uniquingKeysWith: { $1 })
        }
        return seeds.map { source in
            let document = source.document(mistakes: &mistakes) { numbers[override ?? $0 ?? "default"] ?? 0 }
            if let seed = document.seed { numbers[override ?? document.workspace ?? "default"] = seed }
            return document
        }
    }

    /// The record of a workspace that is about to be seeded.
    ///
    /// - Parameter isBare: Whether it no longer shows the entries of the workspace that it was made from.
    private static func record(
        named name: String, seed: Int?, isBare: Bool, in db: Database
    ) throws -> WorkspaceRecord {
        var record = try workspace(named: name, in: db) ?? WorkspaceRecord(name: name, seed: seed ?? 0)
        if let seed { record.seed = seed }
        if isBare { record.baseID = nil }
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

    /// The names of all workspaces, first made first.
    func workspaceNames() throws(StoreError) -> [String] {
        try reading { db in try String.fetchAll(db, sql: "SELECT name FROM workspace ORDER BY id") }
    }

    /// The name of the workspace whose tenant has this id; nil when there is none.
    func workspaceName(tenant: String) throws(StoreError) -> String? {
        try reading { db in
            try String.fetchOne(db, sql: "SELECT name FROM workspace WHERE tenantID = ?", arguments: [tenant])
        }
    }

    /// Makes a workspace known to the store. One that it has already stays as it is.
    func keepWorkspace(_ name: String, basedOn base: String?) throws(StoreError) {
        try writing { db in
            guard try Self.workspace(named: name, in: db) == nil else { return }
            let baseRecord = try base.flatMap { try Self.workspace(named: $0, in: db) }
            var record = WorkspaceRecord(name: name, seed: baseRecord?.seed ?? 0, baseID: baseRecord?.id)
            try record.insert(db)
        }
    }

    /// The snapshot of a workspace. One that the store does not know, or that has no entries of its own, shares its
    /// base's.
    func catalog(of name: String, basedOn base: Workspace?) throws(StoreError) -> Catalog {
        try reading { db in
            guard let record = try Self.workspace(named: name, in: db), let id = record.id else {
                if let base { return base.catalog }
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

    /// How often the store was seeded.
    func revision() throws(StoreError) -> Int {
        try reading { db in try Int.fetchOne(db, sql: "SELECT number FROM revision") ?? 0 }
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
