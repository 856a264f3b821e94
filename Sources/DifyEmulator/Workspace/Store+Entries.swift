import DifyOpenAPI
import DifyProtocol
import Foundation
import GRDB

/// Entries in and out of the tables.
extension Store {
    /// The record of a workspace.
    static func workspace(named name: String, in db: Database) throws -> WorkspaceRecord? {
        try WorkspaceRecord.filter(Column("name") == name).fetchOne(db)
    }

    /// The entries of a workspace: its base's, with its own added or put in their place.
    static func entries(of workspace: WorkspaceRecord, in db: Database) throws -> WorkspaceEntries {
        var entries = WorkspaceEntries(seed: workspace.seed)
        if let baseID = workspace.baseID, let base = try WorkspaceRecord.fetchOne(db, key: baseID) {
            entries = try Self.entries(of: base, in: db)
            entries.seed = workspace.seed
        }
        if let profile = workspace.profile { entries.profile = (try? Profile(profile)) ?? .current }
        guard let id = workspace.id else { return entries }
        entries.remove(try removals(of: id, in: db))
        let mistakes = entries.merge(
            try ownEntries(of: id, seed: workspace.seed, profile: entries.profile, in: db))
        guard mistakes.isEmpty else { throw SeedError(mistakes) }
        return entries
    }

    /// The tables of entries.
    static let entryTables = [
        "plugin", "workflow", "api", "model", "app", "user", "caller", "moderation", "transcript", "storedSeed",
        "conversationSeed", "script",
    ]

    /// Whether a workspace has entries of its own.
    static func hasOwnEntries(_ id: Int64, in db: Database) throws -> Bool {
        for table in entryTables + ["removed"] {
            let sql = "SELECT EXISTS (SELECT 1 FROM \(table) WHERE workspaceID = ?)"
            if try Bool.fetchOne(db, sql: sql, arguments: [id]) == true { return true }
        }
        return false
    }

    private static func ownEntries(
        of id: Int64, seed: Int, profile: Profile, in db: Database
    ) throws -> SeedDocument {
        var reader = SeedReader()
        var document = SeedDocument()
        func read<Entry>(_ table: String, _ read: (inout SeedReader, SeedNode) -> Entry?) throws -> [Entry] {
            try rows(table, of: id, in: db).compactMap { row in
                read(&reader, try node(table, row.identity, row.definition))
            }
        }
        document.plugins = try read("plugin") { $0.plugin($1) }
        document.workflows = try read("workflow") { $0.workflow($1, seed: seed, profile: profile) }
        document.apis = try apis(of: id, seed: seed, &reader, in: db)
        document.models = try read("model") { $0.model($1) }
        document.apps = try read("app") { $0.app($1, seed: seed) }
        document.users = try read("user") { $0.user($1, seed: seed) }
        document.callers = try read("caller") { $0.caller($1) }
        document.flagged = try read("moderation") { $0.flagged($1) }
        document.transcripts = try read("transcript") { $0.transcript($1) }
        document.storage = try read("storedSeed") { $0.storedValue($1) }
        document.conversations = try read("conversationSeed") { $0.conversation($1, seed: seed) }
        document.scripts = try read("script") { $0.script($1) }
        guard reader.mistakes.isEmpty else { throw SeedError(reader.mistakes) }
        return document
    }

    private static func apis(
        of id: Int64, seed: Int, _ reader: inout SeedReader, in db: Database
    ) throws -> [APIEntry] {
        let sql = "SELECT identity, definition, document, tools FROM api WHERE workspaceID = ? ORDER BY position"
        return try APIRecord.fetchAll(db, sql: sql, arguments: [id]).compactMap { row in
            let source = SeedReader.DocumentSource.stored(row.document, try bundles(row))
            return reader.api(
                try node("api", row.identity, row.definition), seed: seed, profile: .current, document: source)
        }
    }

    private static func rows(_ table: String, of id: Int64, in db: Database) throws -> [EntryRecord] {
        let sql = "SELECT identity, definition FROM \(table) WHERE workspaceID = ? ORDER BY position"
        return try EntryRecord.fetchAll(db, sql: sql, arguments: [id])
    }

    private static func node(_ table: String, _ identity: String, _ definition: String) throws -> SeedNode {
        do {
            return SeedNode(json: try JSONParser.parse(definition, dialect: .python))
        } catch {
            throw damaged(table, identity, "\(error)")
        }
    }

    private static func damaged(_ table: String, _ identity: String, _ reason: String) -> StoreError {
        StoreError("the entry \(identity) in table \(table) is damaged (\(reason)); seed it again")
    }

    // MARK: - Tool bundles

    private static func bundles(_ row: APIRecord) throws -> [ToolBundle] {
        let list = (try? JSONParser.parse(row.tools, dialect: .python))?.array
        let bundles = (list ?? []).compactMap {
            ToolBundle(json: $0, nameIsGenerated: $0["name_is_generated"]?.bool ?? false)
        }
        guard let list, list.count == bundles.count else { throw damaged("api", row.identity, "its tools") }
        return bundles
    }

    private static func text(_ bundles: [ToolBundle]) -> String {
        let list = bundles.map { bundle -> JSONValue in
            var json = bundle.json.object ?? [:]
            json["name_is_generated"] = .bool(bundle.nameIsGenerated)
            return .object(json)
        }
        return JSONValue.array(list).description
    }

    // MARK: - Writing

    /// Writes the entries of a seed into a workspace, in place of those with the same identity.
    static func write(_ document: SeedDocument, into id: Int64, in db: Database) throws {
        try write(document.plugins, to: "plugin", of: id, in: db)
        try write(document.workflows, to: "workflow", of: id, in: db)
        try write(document.models, to: "model", of: id, in: db)
        try write(document.apps, to: "app", of: id, in: db)
        try write(document.users, to: "user", of: id, in: db)
        try write(document.callers, to: "caller", of: id, in: db)
        try write(document.flagged, to: "moderation", of: id, in: db)
        try write(document.transcripts, to: "transcript", of: id, in: db)
        try write(document.storage, to: "storedSeed", of: id, in: db)
        try write(document.conversations, to: "conversationSeed", of: id, in: db)
        try write(document.scripts, to: "script", of: id, in: db)
        for entry in document.apis {
            try db.execute(
                sql: """
                    INSERT INTO api (workspaceID, identity, position, definition, document, tools)
                    VALUES (?, ?, (SELECT COALESCE(MAX(position), -1) + 1 FROM api WHERE workspaceID = ?), ?, ?, ?)
                    ON CONFLICT (workspaceID, identity) DO UPDATE SET
                    definition = excluded.definition, document = excluded.document, tools = excluded.tools
                    """,
                arguments: [
                    id, entry.identity, id, entry.definition.description, entry.provider.document.text,
                    text(entry.bundles),
                ])
        }
    }

    private static func write(
        _ entries: [some SeedEntry], to table: String, of id: Int64, in db: Database
    ) throws {
        for entry in entries {
            try db.execute(
                sql: """
                    INSERT INTO \(table) (workspaceID, identity, position, definition)
                    VALUES (?, ?, (SELECT COALESCE(MAX(position), -1) + 1 FROM \(table) WHERE workspaceID = ?), ?)
                    ON CONFLICT (workspaceID, identity) DO UPDATE SET definition = excluded.definition
                    """,
                arguments: [id, entry.identity, id, entry.definition.description])
        }
    }

    /// Removes all entries of a workspace.
    static func clear(_ id: Int64, in db: Database) throws {
        for table in entryTables + ["removed"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE workspaceID = ?", arguments: [id])
        }
    }
}
