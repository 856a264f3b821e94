import DifyProtocol
import Foundation
import GRDB

/// What a seed does to the tables that calls write to.
extension Store {
    /// Puts a seed's files down, and forgets what calls left where the seed now says something else.
    ///
    /// - Returns: Files whose ids are those of others in the seed, or of another workspace's: addresses of files name
    ///   no workspace.
    static func writeState(
        of document: SeedDocument, into workspace: WorkspaceRecord, in db: Database
    ) throws -> [SeedMistake] {
        guard let id = workspace.id else { return [] }
        for entry in document.storage {
            let values = StoredValues(db: db, workspaceID: id, plugin: entry.value.plugin, seeded: [:])
            try values.remove(at: entry.value.key)
        }
        for entry in document.conversations {
            let sql = "DELETE FROM conversation WHERE workspaceID = ? AND id = ?"
            try db.execute(sql: sql, arguments: [id, entry.identity])
        }
        return try writeFiles(of: document, into: workspace, id, in: db)
    }

    private static func writeFiles(
        of document: SeedDocument, into workspace: WorkspaceRecord, _ workspaceID: Int64, in db: Database
    ) throws -> [SeedMistake] {
        guard !document.files.isEmpty else { return [] }
        var mistakes: [SeedMistake] = []
        var seen: [String: SeedPlace] = [:]
        let users = try entries(of: workspace, in: db).users.map(\.value)
        let bases = Set(try bases(of: workspace, in: db).compactMap(\.id))
        for seeded in document.files {
            let (id, file) = seeded.file(of: workspace, users: users)
            let digest = file.digest
            if let first = seen[id] {
                let message =
                    "the file \(seeded.name) has the id \(id) of the one at \(first); give it another name, or an id of its own"
                mistakes.append(SeedMistake(place: seeded.place, message: message))
                continue
            }
            seen[id] = seeded.place
            if let other = try owner(ofFile: id, besides: workspaceID, in: db) {
                // The export of a workspace holds the files of the one it is based on, which it shows anyway.
                if other.isSeeded, other.digest == digest, bases.contains(other.workspaceID) { continue }
                let message =
                    "the file's id \(id) is that of a file of workspace \(other.workspace); give it another one, or leave it out"
                mistakes.append(SeedMistake(place: seeded.place, message: message))
                continue
            }
            try write(UploadedFile(id: id, file), digest: digest, isSeeded: true, into: workspaceID, in: db)
        }
        return mistakes
    }

    /// A file that has an id, and whose it is.
    private struct FileOwner: Decodable, FetchableRecord {
        let workspaceID: Int64
        /// The workspace's name.
        let workspace: String
        let isSeeded: Bool
        let digest: String
    }

    /// Another workspace that has a file with this id.
    private static func owner(ofFile id: String, besides workspaceID: Int64, in db: Database) throws -> FileOwner? {
        let sql = """
            SELECT workspaceID, workspace.name AS workspace, isSeeded, digest
            FROM file JOIN workspace ON workspace.id = file.workspaceID WHERE file.id = ? AND file.workspaceID <> ?
            """
        return try FileOwner.fetchOne(db, sql: sql, arguments: [id, workspaceID])
    }
}

extension SeededFile {
    /// The file as it is kept. Its id depends on the workspace's name, because ids of files are unique in a store.
    fileprivate func file(of workspace: WorkspaceRecord, users: [EndUser]) -> (id: String, file: NewFile) {
        let session = user.isEmpty ? EndUser.anonymousSession : user
        let owner =
            users.first { $0.session == session }
            ?? EndUser(id: ProviderUUID(seed: workspace.seed, "user", session).description, session: session)
        let id = id ?? ProviderUUID(seed: workspace.seed, "seeded file", workspace.name, name)
        let file = NewFile(
            name: FileExtension.completed(name, mimeType: mimeType), mimeType: mimeType, user: owner, createdAt: 0,
            content: Data(content))
        return (id.description, file)
    }
}
