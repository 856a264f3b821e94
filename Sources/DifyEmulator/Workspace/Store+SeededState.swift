import DifyProtocol
import GRDB

/// What a seed does to the tables that calls write to.
extension Store {
    /// Puts a seed's files down, and forgets what calls left where the seed now says something else.
    ///
    /// - Returns: Files whose ids are another workspace's: addresses of files name no workspace.
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
        var mistakes: [SeedMistake] = []
        let users = try entries(of: workspace, in: db).users.map(\.value)
        for seeded in document.files {
            let user = users.first { $0.session == seeded.user }?.id
            let file = seeded.file(of: workspace, userID: user)
            if let owner = try self.owner(ofFile: file.id, besides: id, in: db) {
                let message =
                    "the file's id \(file.id) is that of a file of workspace \(owner); give it another one, or leave it out"
                mistakes.append(SeedMistake(place: seeded.place, message: message))
                continue
            }
            let digest = NewFile(
                name: file.name, mimeType: file.mimeType, userID: file.userID, createdAt: 0, content: file.content
            ).digest
            try write(file, digest: digest, isSeeded: true, into: id, in: db)
        }
        return mistakes
    }

    /// The name of another workspace that has a file with this id.
    private static func owner(ofFile id: String, besides workspaceID: Int64, in db: Database) throws -> String? {
        let sql = """
            SELECT workspace.name FROM file JOIN workspace ON workspace.id = file.workspaceID
            WHERE file.id = ? AND file.workspaceID <> ?
            """
        return try String.fetchOne(db, sql: sql, arguments: [id, workspaceID])
    }
}

extension SeededFile {
    /// The file as it is kept. Its id depends on the workspace's name, because ids of files are unique in a store.
    fileprivate func file(of workspace: WorkspaceRecord, userID: String?) -> UploadedFile {
        let session = user.isEmpty ? EndUser.anonymousSession : user
        return UploadedFile(
            id: (id ?? ProviderUUID(seed: workspace.seed, "seeded file", workspace.name, name)).description,
            name: FileExtension.completed(name, mimeType: mimeType), mimeType: mimeType,
            fileExtension: FileExtension.of(mimeType),
            userID: userID ?? ProviderUUID(seed: workspace.seed, "user", session).description, createdAt: 0,
            content: content)
    }
}
