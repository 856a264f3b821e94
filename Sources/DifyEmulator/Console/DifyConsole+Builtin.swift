package import DifyProtocol
import Foundation

/// `tool-provider/builtin/<provider>/…` (`api/services/tools/builtin_tools_manage_service.py`).
extension DifyConsole {
    /// `GET tools`
    package func builtinTools(of provider: String) throws -> JSONValue {
        .array(toolItems(ofBuiltin: try builtin(provider)).map(JSONValue.object))
    }

    /// `GET info`
    package func builtinInfo(of provider: String) throws -> JSONValue {
        _ = try builtin(provider)
        let plugin = try plugin(provider)
        guard let plugin, let credential = plugin.preferredCredentials.first else {
            throw Refusal.providerNotAdded(provider)
        }
        return item(of: plugin, credential: credential).wholeJSON(
            updatedAt: Int(platform.options.clock.now.timeIntervalSince1970))
    }

    /// `GET credentials`
    package func credentials(of provider: String) throws -> JSONValue {
        // Dify compares the provider as its row holds it, before it asks whether there is one.
        guard let plugin = try plugins.first(where: { $0.id == provider }) else { return [] }
        return Self.json(plugin)
    }

    /// `GET credential/info`
    package func credentialInfo(of provider: String) throws -> JSONValue {
        _ = try builtin(provider)
        let plugin = try plugin(provider)
        let types: JSONValue = plugin?.credentials == nil ? [] : [.string(CredentialType.apiKey.rawValue)]
        return [
            "supported_credential_types": types, "is_oauth_custom_client_enabled": false,
            "credentials": plugin.map(Self.json) ?? [],
        ]
    }

    /// `GET credential/schema/<type>`. Seeds hold no schema: what the stored values are called stands in for it.
    package func credentialSchema(of provider: String, type: String) throws -> JSONValue {
        let type = try CredentialType(named: type)
        _ = try builtin(provider)
        guard type == .apiKey, let plugin = try plugin(provider) else { return [] }
        return .array(plugin.credentialFields.map { CredentialField(name: $0, type: .secret, isRequired: true).json })
    }

    /// `GET icon`. Plugins have theirs at another address.
    package func builtinIcon(of provider: String) throws(Refusal) -> String {
        guard HardcodedProviders.names.contains(provider) else { throw .internalServerError }
        return ConsoleIcon.picture
    }

    // MARK: - Lookup

    /// The provider, without stored values.
    ///
    /// - Throws: ``Refusal`` as Dify's lookup of providers does.
    func builtin(_ provider: String) throws -> ProviderItem {
        if HardcodedProviders.names.contains(provider) {
            return try builtinItems(showsCredentials: false).first { $0.id == provider }.orInternalError()
        }
        return try plugin(provider).map { item(of: $0, credential: nil) }.orInternalError()
    }

    /// The plugin's provider that an address names in any accepted form; nil for one that is not installed.
    func plugin(_ provider: String) throws -> InstalledPlugin? {
        guard !HardcodedProviders.names.contains(provider) else { return nil }
        let id = try ToolProviderID(provider).description
        return try plugins.first { $0.id == id }
    }

    private static func json(_ plugin: InstalledPlugin) -> JSONValue {
        .array(
            plugin.preferredCredentials.enumerated().map { index, credential in
                [
                    "id": .string(credential.id), "name": .string(credential.name), "provider": .string(plugin.id),
                    "credential_type": .string(credential.type.rawValue),
                    // The first counts as the default one even when nobody said so.
                    "is_default": .bool(index == 0 || credential.isDefault),
                    "credentials": .object(credential.masked),
                ]
            })
    }
}

extension Optional {
    /// The value, or what Dify says of a failure that it did not foresee.
    fileprivate func orInternalError() throws(Refusal) -> Wrapped {
        guard let self else { throw .internalServerError }
        return self
    }
}
