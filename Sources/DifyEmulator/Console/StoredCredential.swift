import DifyProtocol

/// Credentials that a workspace keeps for a plugin's provider: an element of `credentials` in the plugin's entry.
struct StoredCredential {
    /// A UUID.
    let id: String
    var name: String
    let type: CredentialType
    var values: JSONObject
    var isDefault: Bool

    init(id: String, name: String, type: CredentialType, values: JSONObject) {
        self.id = id
        self.name = name
        self.type = type
        self.values = values
        isDefault = false
    }

    /// - Parameter provider: The id of the provider, from which the id follows where the seed gives none.
    init(json: JSONValue, of provider: String) {
        name = json["name"]?.string ?? ""
        id =
            json["id"]?.string.flatMap { ProviderUUID($0)?.description }
            ?? ProviderUUID(seed: 0, "credential", provider, name).description
        type = json["type"]?.string.flatMap(CredentialType.init) ?? .apiKey
        values = json["values"]?.object ?? [:]
        isDefault = json["default"]?.bool ?? false
    }

    /// As the entry holds it.
    var json: JSONValue {
        var members: JSONObject = ["id": .string(id), "name": .string(name)]
        if type != .apiKey { members["type"] = .string(type.rawValue) }
        if !values.isEmpty { members["values"] = .object(values) }
        if isDefault { members["default"] = true }
        return .object(members)
    }

    /// The values as the console shows them. Seeds do not say which are secret, so every text is.
    var masked: JSONObject { CredentialMask.masked(values, secrets: Set(values.keys)) }
}
