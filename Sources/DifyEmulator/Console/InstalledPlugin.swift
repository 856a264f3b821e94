import DifyProtocol
import GRDB

/// A plugin's provider as the store keeps it, for what only the console tells about it.
struct InstalledPlugin {
    /// `author/plugin/provider`
    let id: String
    let definition: JSONObject

    var author: String { part(0) }
    var pluginID: String { "\(author)/\(part(1))" }
    /// The provider within the plugin.
    var name: String { part(2) }
    var description: String { definition["description"]?.string ?? "" }

    private func part(_ index: Int) -> String {
        let parts = id.split(separator: "/")
        return index < parts.count ? String(parts[index]) : ""
    }

    /// Version and content of a package, which seeds do not have: these follow from the id.
    var uniqueIdentifier: String {
        let digest = ["a", "b"].map { ProviderUUID(seed: 0, "package", pluginID, $0).description }
        return "\(pluginID):0.0.1@" + digest.joined().replacing("-", with: "")
    }

    /// The stored credentials; nil where the provider declares none.
    var credentials: [StoredCredential]? {
        definition["credentials"]?.array?.map { StoredCredential(json: $0, of: id) }
    }

    /// The names of all values that any stored credentials have: what stands in for a schema.
    var credentialFields: [String] {
        var seen: Set<String> = []
        return (credentials ?? []).flatMap(\.values.keys).filter { seen.insert($0).inserted }
    }

    /// The credentials in the order in which Dify prefers them: the default ones, then the oldest.
    var preferredCredentials: [StoredCredential] {
        let all = credentials ?? []
        return all.filter(\.isDefault) + all.filter { !$0.isDefault }
    }
}

extension Store {
    /// The plugins of a workspace, its base's among them.
    func plugins(of name: String, basedOn base: String) throws(StoreError) -> [InstalledPlugin] {
        try reading { db in
            guard let record = try Self.workspace(named: name, in: db) ?? Self.workspace(named: base, in: db) else {
                return []
            }
            return try Self.plugins(of: record, in: db)
        }
    }

    private static func plugins(of workspace: WorkspaceRecord, in db: Database) throws -> [InstalledPlugin] {
        var plugins: [InstalledPlugin] = []
        for owner in try bases(of: workspace, in: db).reversed() + [workspace] {
            let sql = "SELECT identity, definition FROM plugin WHERE workspaceID = ? ORDER BY position"
            for row in try EntryRecord.fetchAll(db, sql: sql, arguments: [owner.id]) {
                let definition = (try? JSONParser.parse(row.definition, dialect: .python))?.object ?? [:]
                let plugin = InstalledPlugin(id: row.identity, definition: definition)
                if let index = plugins.firstIndex(where: { $0.id == plugin.id }) {
                    plugins[index] = plugin
                } else {
                    plugins.append(plugin)
                }
            }
        }
        return plugins
    }
}
