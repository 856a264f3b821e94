import DifyProtocol

/// Builtin providers, hard-coded and of plugins, as the console shows them.
extension DifyConsole {
    /// The plugins of the workspace.
    var plugins: [InstalledPlugin] {
        get throws(StoreError) {
            try platform.store.plugins(of: workspace.name, basedOn: platform.defaultWorkspace.name)
        }
    }

    /// - Parameter showsCredentials: Whether stored values are shown, masked; otherwise only their names are.
    func builtinItems(showsCredentials: Bool) throws(StoreError) -> [ProviderItem] {
        HardcodedProviders.all.map { item(ofHardcoded: $0.id) }
            + (try plugins).map { item(of: $0, credential: showsCredentials ? listedCredential(of: $0) : nil) }
    }

    private func item(ofHardcoded id: String) -> ProviderItem {
        let titles = HardcodedTitles.provider(id)
        return ProviderItem(
            id: id, author: titles?.author ?? "", name: id, pluginIdentifier: "",
            description: LocalizedText(titles?.description ?? ""), icon: .string(ConsoleIcon.address(ofBuiltin: id)),
            label: LocalizedText(titles?.label ?? id), type: .builtin, canBeDeleted: false,
            labels: titles.map { [$0.tag] } ?? [])
    }

    /// - Parameter credential: The stored credentials whose values are shown.
    func item(of plugin: InstalledPlugin, credential: StoredCredential?) -> ProviderItem {
        let blank = JSONObject(plugin.credentialFields.map { ($0, "") })
        return ProviderItem(
            id: plugin.id, author: plugin.author, name: plugin.id, pluginID: plugin.pluginID,
            pluginIdentifier: .string(plugin.uniqueIdentifier), description: LocalizedText(plugin.description),
            icon: .string(ConsoleIcon.address(ofPluginIn: workspace.tenantID)), label: LocalizedText(plugin.name),
            type: .builtin, credentials: credential?.masked ?? blank,
            isAuthorized: plugin.credentials.map { !$0.isEmpty } ?? true, canBeDeleted: plugin.credentials != nil)
    }

    /// The credentials of which a list shows the values: the default ones, else the newest.
    private func listedCredential(of plugin: InstalledPlugin) -> StoredCredential? {
        let all = plugin.credentials ?? []
        return all.last(where: \.isDefault) ?? all.last
    }

    /// A provider's tools.
    func toolItems(ofBuiltin item: ProviderItem) -> [JSONObject] {
        (catalog.builtin[item.id]?.tools ?? []).map { tool in
            let titles = item.pluginID == nil ? HardcodedTitles.tool(tool.identity.tool) : nil
            return ToolItem(
                author: titles?.author ?? item.author, name: tool.identity.tool,
                label: LocalizedText(titles?.label ?? tool.identity.tool),
                description: LocalizedText(tool.description), parameters: tool.parameters.map(Self.declared),
                labels: item.labels
            ).json
        }
    }

    /// A parameter as a plugin declares it, which has no text for its empty field.
    private static func declared(_ parameter: ToolParameter) -> JSONValue {
        var entity = parameter.entity().object ?? [:]
        entity["placeholder"] = .null
        return .object(entity)
    }
}
