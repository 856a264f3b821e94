package import DifyProtocol

/// Changes of the credentials that a workspace keeps for plugins (`builtin_tools_manage_service.py`).
extension DifyConsole {
    /// `POST add`
    package func addCredential(to provider: String, payload: JSONValue) throws -> JSONValue {
        let payload = try ConsolePayload.credentialAdd.read(payload)
        let type = try CredentialType(named: payload["type"]?.string ?? "")
        let values = payload["credentials"]?.object ?? [:]
        try changeCredentials(of: provider) { plugin, seed in
            guard var credentials = plugin.credentials else {
                throw Refusal.invalidParameter("provider \(provider) does not need credentials")
            }
            guard credentials.count < Self.mostCredentials else {
                throw Refusal.invalidParameter("you have reached the maximum number of providers for \(provider)")
            }
            var name = payload["name"]?.string ?? ""
            if name.isEmpty {
                name = Self.freeName(for: type, among: credentials)
            } else if credentials.contains(where: { $0.name == name }) {
                throw Self.nameIsTaken(name)
            }
            let id = ProviderUUID.free(
                seed: seed, "credential", "\(plugin.id)\n\(name)", taken: Set(credentials.map(\.id)))
            credentials.append(StoredCredential(id: id.description, name: name, type: type, values: values))
            return credentials
        }
        return Self.success
    }

    /// `POST update`
    package func updateCredential(of provider: String, payload: JSONValue) throws -> JSONValue {
        let payload = try ConsolePayload.credentialUpdate.read(payload)
        try changeCredentials(of: provider, having: payload["credential_id"]?.string) { credentials, index in
            if credentials[index].type == .apiKey, let values = payload["credentials"]?.object, !values.isEmpty {
                let kept = credentials[index].values
                credentials[index].values = JSONObject(
                    values.map { name, value in
                        (name, value == Self.hiddenValue ? kept[name] ?? Self.unknownValue : value)
                    })
            }
            guard let name = payload["name"]?.string, !name.isEmpty, name != credentials[index].name else { return }
            if credentials.contains(where: { $0.name == name }) { throw Self.nameIsTaken(name) }
            credentials[index].name = name
        }
        return Self.success
    }

    /// `POST delete`
    package func deleteCredential(of provider: String, payload: JSONValue) throws -> JSONValue {
        let payload = try ConsolePayload.credentialDelete.read(payload)
        try changeCredentials(of: provider, having: payload["credential_id"]?.string) { credentials, index in
            credentials.remove(at: index)
        }
        return Self.success
    }

    /// `POST default-credential`
    package func setDefaultCredential(of provider: String, payload: JSONValue) throws -> JSONValue {
        let id = try ConsolePayload.credentialDefault.read(payload)["id"]?.string
        let missing = Refusal.invalidParameter("provider not found")
        try changeCredentials(of: provider, having: id, else: missing) { credentials, index in
            for other in credentials.indices { credentials[other].isDefault = other == index }
        }
        return Self.success
    }

    /// Changes the credentials of a plugin's provider within one transaction.
    private func changeCredentials(
        of provider: String,
        _ change: (InstalledPlugin, _ seed: Int) throws -> [StoredCredential]
    ) throws {
        guard let id = try plugin(provider)?.id else {
            let isHardcoded = HardcodedProviders.names.contains(provider)
            // Changes pass on the text of whatever goes wrong.
            throw Refusal.invalidParameter(
                isHardcoded
                    ? "provider \(provider) does not need credentials"
                    : "req_id:  PluginNotFoundError: plugin not found")
        }
        try platform.edit(workspace) { edit in
            guard let entry = edit.entries.plugins.first(where: { $0.identity == id }) else {
                throw Refusal.internalServerError
            }
            let plugin = InstalledPlugin(id: id, definition: entry.definition.object ?? [:])
            var definition = plugin.definition
            definition["credentials"] = .array(try change(plugin, edit.entries.seed).map(\.json))
            edit.added.plugins = [try PluginEntry(storedDefinition: definition)]
        }
    }

    /// Changes the provider's credentials, one of which is named by id.
    private func changeCredentials(
        of provider: String, having id: String?, else missing: Refusal? = nil,
        _ change: (inout [StoredCredential], Int) throws -> Void
    ) throws {
        let wanted = id.flatMap { ProviderUUID($0)?.description }
        // Dify looks for the id in the whole workspace.
        let owner = try plugins.first { plugin in plugin.credentials?.contains { $0.id == wanted } ?? false }
        guard let owner else { throw missing ?? Refusal.providerNotAdded(provider) }
        try changeCredentials(of: owner.id) { plugin, _ in
            var credentials = plugin.credentials ?? []
            guard let index = credentials.firstIndex(where: { $0.id == wanted }) else {
                throw missing ?? Refusal.providerNotAdded(provider)
            }
            try change(&credentials, index)
            return credentials
        }
    }

    // MARK: - Texts

    /// Most credentials that a provider may have.
    private static let mostCredentials = 100
    /// What stands in a request for a value that is to stay as it is, and what stands in for one that is not there.
    private static let hiddenValue: JSONValue = "[__HIDDEN__]"
    private static let unknownValue: JSONValue = "[__UNKNOWN__]"

    private static func nameIsTaken(_ name: String) -> Refusal {
        .invalidParameter("the credential name '\(name)' is already used")
    }

    /// `API KEY 1` and so on (`api/core/helper/name_generator.py`).
    private static func freeName(for type: CredentialType, among credentials: [StoredCredential]) -> String {
        let numbers = credentials.filter { $0.type == type }.compactMap { credential -> Int? in
            guard credential.name.hasPrefix(type.title + " ") else { return nil }
            return Int(credential.name.dropFirst(type.title.count + 1))
        }
        return "\(type.title) \((numbers.max() ?? 0) + 1)"
    }
}
