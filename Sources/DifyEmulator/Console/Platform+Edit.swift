import DifyProtocol
import Logging

extension Platform {
    /// Changes the entries of a workspace: in the store, and at once for the calls that come next.
    ///
    /// - Throws: What `change` throws; ``SeedError`` for entries that do not go together; ``StoreError``.
    func edit<Value: Sendable>(
        _ workspace: Workspace, _ change: (inout WorkspaceEdit) throws -> Value
    ) throws -> Value {
        let edited = try publish(workspace) {
            try store.edit(workspace.name, basedOn: defaultWorkspace.name, change)
        }
        for script in edited.droppedScripts {
            options.logger.warning(
                "\(workspace.name): the script \(script) went with the tool that it was about, which is gone or renamed"
            )
        }
        return edited.value
    }
}

extension ProviderUUID {
    /// The id that follows from a name; where another entry has it already, the next one that follows.
    static func free(seed: Int, _ kind: String, _ name: String, taken: Set<String>) -> ProviderUUID {
        var id = ProviderUUID(seed: seed, kind, name)
        var number = 2
        while taken.contains(id.description) {
            id = ProviderUUID(seed: seed, kind, name, String(number))
            number += 1
        }
        return id
    }
}

extension PluginEntry {
    /// An entry as the store would read it.
    init(storedDefinition: JSONObject) throws(SeedError) {
        var reader = SeedReader()
        guard let entry = reader.plugin(SeedNode(json: .object(storedDefinition))), reader.mistakes.isEmpty else {
            throw SeedError(reader.mistakes)
        }
        self = entry
    }
}
