import DifyProtocol
import GRDB

/// Workspaces in and out of the store.
extension Store {
    /// Loads seeds, all of them or none.
    ///
    /// - Parameters:
    ///   - override: The workspace to load into, whatever the seeds say.
    ///   - replaces: Whether the workspaces are emptied first.
    ///   - profile: The release to imitate, whatever the seeds say.
    /// - Returns: The names of the workspaces that were loaded, in order.
    /// - Throws: ``SeedError`` with the mistakes, ``StoreError``.
    func load(
        _ seeds: [SeedSource], into override: String?, replacing replaces: Bool, profile: Profile? = nil
    ) throws -> [String] {
        guard !seeds.isEmpty else { return [] }
        // Read outside of the transaction: a large document must not keep others from writing.
        var mistakes: [SeedMistake] = []
        let documents = try documents(seeds, into: override, profile: profile, mistakes: &mistakes)
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
                    try keepProfile(document.profile, of: record, in: db)
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

    /// Ids that a seed leaves out follow from the number of the workspace: an earlier seed's, or the store's. So does
    /// the release that it imitates.
    private func documents(
        _ seeds: [SeedSource], into override: String?, profile: Profile?, mistakes: inout [SeedMistake]
    ) throws -> [SeedDocument] {
        var known = try reading { db in
            let records = try WorkspaceRecord.fetchAll(db)
            return Dictionary(
                try records.map { ($0.name, SeedDefaults(seed: $0.seed, profile: try Self.profile(of: $0, in: db))) },
                uniquingKeysWith: { $1 })
        }
        return seeds.map { source in
            let document = source.document(mistakes: &mistakes, profile: profile) {
                known[override ?? $0 ?? "default"] ?? SeedDefaults()
            }
            let name = override ?? document.workspace ?? "default"
            known[name] = SeedDefaults(seed: document.seed ?? known[name]?.seed ?? 0, profile: document.profile)
            return document
        }
    }

    /// The release that a workspace imitates: its own, its base's or the current one.
    static func profile(of record: WorkspaceRecord, in db: Database) throws -> Profile {
        if let own = record.profile { return try Profile(own) }
        guard let baseID = record.baseID, let base = try WorkspaceRecord.fetchOne(db, key: baseID) else {
            return .current
        }
        return try profile(of: base, in: db)
    }

    /// Makes a workspace imitate a release. Tools keep the names and parameters that they were imported with, so a
    /// workspace that has custom tools stays with theirs.
    ///
    /// - Throws: ``StoreError`` for a workspace with custom tools of another release.
    func keepProfile(_ profile: Profile, of record: WorkspaceRecord, in db: Database) throws {
        let present = try Self.profile(of: record, in: db)
        guard profile != present, let id = record.id else { return }
        let sql = "SELECT EXISTS (SELECT 1 FROM api WHERE workspaceID IN (?, ?))"
        guard try Bool.fetchOne(db, sql: sql, arguments: [id, record.baseID]) == false else {
            throw StoreError(
                "\(name): the custom tools of workspace \(record.name) were imported as Dify \(present) does, not \(profile); "
                    + "leave --profile out, or seed the workspace anew with --replace --profile \(profile)")
        }
        let update = "UPDATE workspace SET profile = ? WHERE id = ?"
        try db.execute(sql: update, arguments: [profile.description, id])
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

    /// Makes a workspace known to the store. One that it has already stays as it is, but for the release it imitates.
    ///
    /// - Parameter changes: Whether the release may change; otherwise another one is an error.
    /// - Throws: ``StoreError``.
    func keepWorkspace(
        _ name: String, basedOn base: String?, profile: Profile? = nil, changes: Bool = true
    ) throws(StoreError) {
        try writing { db in
            if let record = try Self.workspace(named: name, in: db) {
                guard let profile else { return }
                let present = try Self.profile(of: record, in: db)
                guard changes || profile == present else {
                    throw StoreError(
                        "\(self.name): workspace \(name) imitates Dify \(present), not \(profile); leave --profile out, or "
                            + "seed the workspace anew with --profile \(profile)")
                }
                try keepProfile(profile, of: record, in: db)
                return
            }
            let baseRecord = try base.flatMap { try Self.workspace(named: $0, in: db) }
            var record = WorkspaceRecord(
                name: name, seed: baseRecord?.seed ?? 0, baseID: baseRecord?.id, profile: profile?.description)
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
