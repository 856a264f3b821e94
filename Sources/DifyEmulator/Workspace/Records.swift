import GRDB

/// A row of `workspace`.
struct WorkspaceRecord: Decodable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "workspace"

    var id: Int64?
    var name: String
    var seed: Int
    var baseID: Int64?
    /// The release that the workspace imitates; nil for its base's, or the current one.
    var profile: String?

    func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["name"] = name
        container["seed"] = seed
        container["baseID"] = baseID
        container["profile"] = profile
        // Never out of step with name and seed.
        container["tenantID"] = Workspace.tenantID(ofWorkspace: name, seed: seed).description
    }

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

/// A row of `plugin`, `workflow` or `script`.
struct EntryRecord: Codable, FetchableRecord {
    var identity: String
    var definition: String
}

/// A row of `api`.
struct APIRecord: Codable, FetchableRecord {
    var identity: String
    var definition: String
    /// The text of the API document.
    var document: String
    /// What Dify made of it, as JSON.
    var tools: String
}
