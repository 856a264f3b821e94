import DifyProtocol
import GRDB

/// A change of a workspace's entries: what it shows now, what is put in and what is taken out.
///
/// It is worked out within the transaction that writes it, so that of two equal changes the second meets the first.
struct WorkspaceEdit {
    /// What the workspace shows before the change.
    let entries: WorkspaceEntries
    /// New entries, and those that take the place of the ones with their identity.
    var added = SeedDocument()
    var removed: [RemovedEntry] = []
}

/// What a change led to.
struct EditedWorkspace<Value: Sendable>: Sendable {
    let value: Value
    /// The snapshot after the change.
    let catalog: Catalog
    /// How often the store was changed, this time included.
    let revision: Int
    /// The scripts that were about what is there no longer.
    let droppedScripts: [String]
}

extension Store {
    /// Changes the entries of a workspace in one transaction.
    ///
    /// Scripts about what the change takes away go with it, also those of workspaces that are based on this one: they
    /// could not be loaded again.
    ///
    /// - Throws: What `change` throws; ``SeedError`` for entries that do not go together; ``StoreError``.
    func edit<Value: Sendable>(
        _ name: String, basedOn base: String, _ change: (inout WorkspaceEdit) throws -> Value
    ) throws -> EditedWorkspace<Value> {
        do {
            return try database.write { db in
                let id = try Self.keptID(of: name, basedOn: base, in: db)
                guard let record = try WorkspaceRecord.fetchOne(db, key: id) else {
                    throw StoreError("\(self.name): there is no workspace \(name)")
                }
                var edit = WorkspaceEdit(entries: try Self.entries(of: record, in: db))
                let value = try change(&edit)
                let (catalog, orphans) = try edit.outcome()
                try Self.write(edit.added, into: id, in: db)
                for entry in edit.removed + orphans.map(\.removal) { try Self.remove(entry, from: record, in: db) }
                let others = try Self.removeOrphans(ofWorkspacesBasedOn: id, in: db)
                try db.execute(sql: "UPDATE revision SET number = number + 1")
                return EditedWorkspace(
                    value: value, catalog: catalog,
                    revision: try Int.fetchOne(db, sql: "SELECT number FROM revision") ?? 0,
                    droppedScripts: (orphans + others).map(\.label))
            }
        } catch let error as Refusal {
            throw error
        } catch let error as SeedError {
            throw error
        } catch {
            throw StoreError(error, path: self.name)
        }
    }

    /// Removes the scripts that name what the workspaces, based on a changed one, show no longer.
    private static func removeOrphans(ofWorkspacesBasedOn id: Int64, in db: Database) throws -> [ScriptEntry] {
        let sql = """
            SELECT * FROM workspace WHERE baseID = ? AND EXISTS (SELECT 1 FROM script WHERE workspaceID = workspace.id)
            """
        return try WorkspaceRecord.fetchAll(db, sql: sql, arguments: [id]).flatMap { record -> [ScriptEntry] in
            // One that cannot be read for another reason is not this change's business.
            guard let entries = try? entries(of: record, in: db) else { return [] }
            let orphans = entries.orphanedScripts
            for script in orphans { try remove(script.removal, from: record, in: db) }
            return orphans
        }
    }
}

extension WorkspaceEdit {
    /// The snapshot after the change, and the scripts that it leaves without what they are about.
    fileprivate func outcome() throws(SeedError) -> (catalog: Catalog, orphans: [ScriptEntry]) {
        var entries = entries
        entries.remove(removed)
        let mistakes = entries.merge(added)
        guard mistakes.isEmpty else { throw SeedError(mistakes) }
        let orphans = entries.orphanedScripts
        entries.remove(orphans.map(\.removal))
        return (try entries.compiled(), orphans)
    }
}

extension WorkspaceEntries {
    /// The scripts that name what the workspace lacks.
    fileprivate var orphanedScripts: [ScriptEntry] {
        let tools = HardcodedProviders.all.flatMap(\.tools) + plugins.flatMap(\.provider.tools) + workflows.map(\.tool)
        let resolution = ScriptResolution(
            tools: tools + apis.flatMap(\.provider.tools), models: models.map(\.value), apps: apps.map(\.value.app))
        return scripts.enumerated().compactMap { position, script in
            if case .failure = resolution.resolve(script, position: position) { script } else { nil }
        }
    }
}

extension ScriptEntry {
    fileprivate var removal: RemovedEntry { RemovedEntry(kind: .script, identity: identity) }
}
