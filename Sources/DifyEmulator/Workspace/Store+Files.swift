import Foundation
import GRDB

/// A file with the workspace that it belongs to.
struct StoredFile: Sendable, Hashable {
    /// The workspace's name.
    let workspace: String
    let file: UploadedFile
}

/// Files that plugins uploaded or a seed put there.
extension Store {
    /// Keeps an uploaded file. It is on disk when this returns.
    ///
    /// - Parameters:
    ///   - workspace: The workspace that the file belongs to.
    ///   - base: The workspace that this one is based on when the store does not know it yet.
    /// - Returns: The file with its id, which follows from workspace, file, and how often the same came before.
    func keepFile(
        _ file: NewFile, in workspace: Workspace, basedOn base: String
    ) throws(StoreError) -> UploadedFile {
        let (seed, digest) = (workspace.catalog.seed, file.digest)
        let tenant = workspace.tenantID.description
        return try writingDurably { db in
            let workspaceID = try Self.keptID(of: workspace.name, basedOn: base, in: db)
            let sql = "SELECT COUNT(*) FROM file WHERE workspaceID = ? AND digest = ?"
            let earlier = try Int.fetchOne(db, sql: sql, arguments: [workspaceID, digest]) ?? 0
            let id = ProviderUUID(seed: seed, "file", tenant, digest, "\(earlier)").description
            let kept = UploadedFile(id: id, file)
            try Self.write(kept, digest: digest, isSeeded: false, into: workspaceID, in: db)
            return kept
        }
    }

    /// Keeps a file that a tool made, unless the workspace has the very same: a reply that is sent a thousand times makes
    /// one file.
    func keepToolFile(
        _ file: NewFile, in workspace: Workspace, basedOn base: String
    ) throws(StoreError) -> UploadedFile {
        let (seed, digest) = (workspace.catalog.seed, file.digest)
        let id = ProviderUUID(seed: seed, "tool file", workspace.tenantID.description, digest).description
        let kept = UploadedFile(id: id, file)
        try writing { db in
            let workspaceID = try Self.keptID(of: workspace.name, basedOn: base, in: db)
            let sql = "SELECT EXISTS (SELECT 1 FROM file WHERE workspaceID = ? AND id = ?)"
            guard try Bool.fetchOne(db, sql: sql, arguments: [workspaceID, id]) != true else { return }
            try Self.write(kept, digest: digest, isSeeded: false, into: workspaceID, in: db)
        }
        return kept
    }

    /// Writes a file into a workspace, in place of the one with its id.
    ///
    /// - Parameter digest: Of the file's content and all that is said about it.
    static func write(
        _ file: UploadedFile, digest: String, isSeeded: Bool, into workspaceID: Int64, in db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO file (workspaceID, id, position, name, mimeType, extension, size, userID, userSession,
                createdAt, isSeeded, digest, content)
                VALUES (?, ?, (SELECT COALESCE(MAX(position), -1) + 1 FROM file WHERE workspaceID = ?), ?, ?, ?, ?, ?,
                ?, ?, ?, ?, COALESCE(?, x''))
                ON CONFLICT (workspaceID, id) DO UPDATE SET
                name = excluded.name, mimeType = excluded.mimeType, extension = excluded.extension,
                size = excluded.size, userID = excluded.userID, userSession = excluded.userSession,
                createdAt = excluded.createdAt, isSeeded = excluded.isSeeded, digest = excluded.digest,
                content = excluded.content
                """,
            arguments: [
                workspaceID, file.id, workspaceID, file.name, file.mimeType, file.fileExtension, file.content.count,
                file.user.id, file.user.session, file.createdAt, isSeeded, digest, file.content,
            ])
    }

    /// The file with an id, whatever workspace it belongs to: addresses of files name none.
    func file(id: String) throws(StoreError) -> StoredFile? {
        try reading { db in
            let sql = """
                SELECT file.*, workspace.name AS workspace
                FROM file JOIN workspace ON workspace.id = file.workspaceID WHERE file.id = ?
                ORDER BY file.workspaceID LIMIT 1
                """
            return try Row.fetchOne(db, sql: sql, arguments: [id]).map { row in
                StoredFile(workspace: row["workspace"], file: UploadedFile(row: row))
            }
        }
    }

    /// The file with an id that a workspace shows: its own, or one that a seed gave to a workspace it is based on.
    ///
    /// - Parameter base: The workspace that this one is based on when the store does not know it yet.
    func file(id: String, in workspace: String, basedOn base: String) throws(StoreError) -> StoredFile? {
        try reading { db in
            let own = try Self.workspace(named: workspace, in: db)
            let sql = "SELECT * FROM file WHERE workspaceID = ? AND id = ?"
            if let own, let row = try Row.fetchOne(db, sql: sql, arguments: [own.id, id]) {
                return StoredFile(workspace: own.name, file: UploadedFile(row: row))
            }
            let bases = try own.map { try Self.bases(of: $0, in: db) } ?? Self.line(from: base, in: db)
            for base in bases {
                if let row = try Row.fetchOne(db, sql: "\(sql) AND isSeeded", arguments: [base.id, id]) {
                    return StoredFile(workspace: base.name, file: UploadedFile(row: row))
                }
            }
            return nil
        }
    }

    /// The files that a workspace shows: what seeds gave to those it is based on, then its own, first kept first.
    static func files(of workspace: WorkspaceRecord, in db: Database) throws -> [UploadedFile] {
        let sql = "SELECT * FROM file WHERE workspaceID = ?"
        var rows = try bases(of: workspace, in: db).reversed().flatMap { base in
            try Row.fetchAll(db, sql: "\(sql) AND isSeeded ORDER BY position", arguments: [base.id])
        }
        rows += try Row.fetchAll(db, sql: "\(sql) ORDER BY position", arguments: [workspace.id])
        return rows.map { UploadedFile(row: $0) }
    }

    /// The workspaces whose entries a workspace shows beside its own, the nearest first.
    static func bases(of workspace: WorkspaceRecord, in db: Database) throws -> [WorkspaceRecord] {
        guard let baseID = workspace.baseID, let base = try WorkspaceRecord.fetchOne(db, key: baseID) else { return [] }
        return [base] + (try bases(of: base, in: db))
    }

    /// A workspace and those that it is based on.
    private static func line(from name: String, in db: Database) throws -> [WorkspaceRecord] {
        guard let first = try workspace(named: name, in: db) else { return [] }
        return [first] + (try bases(of: first, in: db))
    }
}

extension UploadedFile {
    fileprivate init(row: Row) {
        self.init(
            id: row["id"], name: row["name"], mimeType: row["mimeType"], fileExtension: row["extension"],
            user: EndUser(id: row["userID"], session: row["userSession"]), createdAt: row["createdAt"],
            content: row["content"])
    }
}
