import DifyProtocol

/// How the console shows secrets (`mask_credentials`, `api/core/helper/provider_encryption.py`).
enum CredentialMask {
    /// A secret of more than six characters keeps its first and last two; of a shorter one only the length is left.
    static func masked(_ secret: String) -> String {
        let characters = secret.unicodeScalars
        guard characters.count > 6 else { return String(repeating: "*", count: characters.count) }
        return String(characters.prefix(2)) + String(repeating: "*", count: characters.count - 4)
            + String(characters.suffix(2))
    }

    /// Credentials with the members of these names masked.
    static func masked(_ credentials: JSONObject, secrets: Set<String>) -> JSONObject {
        JSONObject(
            credentials.map { name, value in
                guard secrets.contains(name), let secret = value.string else { return (name, value) }
                return (name, .string(masked(secret)))
            })
    }
}
