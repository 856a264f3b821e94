import DifyOpenAPI
import DifyProtocol

/// Custom tools as the console shows them.
extension DifyConsole {
    /// The custom tool providers in the order of the workspace.
    var apis: [APIProvider] {
        var ids: [String: Int] = [:]
        for (place, tool) in catalog.tools.enumerated() where tool.identity.kind == .api {
            ids[tool.identity.provider] = ids[tool.identity.provider] ?? place
        }
        // Those whose documents have no operations come last.
        return catalog.apis.values.sorted { first, second in
            let places = [first, second].map { ids[$0.id.description] ?? Int.max }
            return (places[0], first.name) < (places[1], second.name)
        }
    }

    /// - Parameter showsCredentials: Whether the stored values are shown, masked.
    func item(of api: APIProvider, showsCredentials: Bool) -> ProviderItem {
        ProviderItem(
            id: api.id.description, author: ConsoleAccount.name, name: api.name,
            description: LocalizedText(api.description), icon: .object(ConsoleIcon.valid(api.settings.icon)),
            label: LocalizedText(api.name), type: .api, credentials: showsCredentials ? api.maskedCredentials : [:],
            labels: api.settings.labels)
    }

    func toolItems(of api: APIProvider) -> [JSONObject] {
        api.tools.map { tool in
            ToolItem(
                name: tool.identity.tool, label: LocalizedText(tool.identity.tool),
                description: LocalizedText(tool.description),
                parameters: tool.operation?.bundle.parameterEntities ?? [], labels: api.settings.labels
            ).json
        }
    }
}

extension APIProvider {
    /// `info.description` of the document.
    var description: String { document.root["info"]?["description"]?.string ?? "" }

    /// The stored credentials as the console shows them. What Dify keeps encrypted and cannot read any more, because
    /// the type is spelled in another way, is masked as well.
    var maskedCredentials: JSONObject {
        CredentialMask.masked(credentials, secrets: (try? APIAuthentication(of: credentials))?.secrets ?? [])
    }
}
