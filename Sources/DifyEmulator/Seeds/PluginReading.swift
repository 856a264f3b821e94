import DifyProtocol

/// Plugins with their tools as seeds write them.
extension SeedReader {
    mutating func plugin(_ node: SeedNode) -> PluginEntry? {
        let keys = ["id", "provider", "description", "permission", "credentials", "tools"]
        guard members(node, of: "a plugin", keys: keys) != nil else { return nil }
        let id = requiredText("id", of: node, "a plugin")
        let name = optionalText("provider", of: node) ?? id.split(separator: "/").last.map(String.init) ?? ""
        guard !id.isEmpty else { return nil }
        guard id.split(separator: "/", omittingEmptySubsequences: false).count == 2,
            let provider = try? ToolProviderID("\(id)/\(name)")
        else {
            let message =
                "a plugin's \"id\" is author/name and \"provider\" one word, of a-z 0-9 _ and - only; not \(id) and \(name)"
            fail(node["id"] ?? node, message)
            return nil
        }
        let credentials = node["credentials"].map { list in
            elements(list, of: "\"credentials\"").compactMap { credential($0, of: provider) }
        }
        let tools = elements(node["tools"], of: "\"tools\"").compactMap { tool($0, of: provider.description) }
        reportTwice(tools.map(\.identity.tool), in: elements(node["tools"], of: "\"tools\""), what: "tool")
        return PluginEntry(
            provider: BuiltinProvider(id: provider.description, credentials: credentials, tools: tools),
            permission: node["permission"].flatMap { permission($0) }, definition: node.json, place: node.place)
    }

    private mutating func tool(_ node: SeedNode, of provider: String) -> CatalogTool? {
        let keys = ["name", "description", "parameters", "reply", "sequence", "then"]
        guard members(node, of: "a tool", keys: keys) != nil else { return nil }
        let name = requiredText("name", of: node, "a tool")
        return CatalogTool(
            identity: ToolIdentity(kind: .builtin, provider: provider, tool: name), providerName: provider,
            nameOrigin: .declared, description: optionalText("description", of: node) ?? "",
            parameters: parameters(of: node, for: .builtin), operation: nil,
            answer: answer(of: node, under: "reply", for: .tool(.builtin)).map(CannedAnswer.items))
    }

    private mutating func credential(_ node: SeedNode, of provider: ToolProviderID) -> ProviderUUID? {
        guard members(node, of: "a credential", keys: ["id", "name", "type", "values", "default"]) != nil else {
            return nil
        }
        _ = flag("default", of: node)
        guard let text = optionalText("id", of: node) else {
            return ProviderUUID(seed: 0, "credential", provider.description, optionalText("name", of: node) ?? "")
        }
        let id = ProviderUUID(text)
        if id == nil { fail(node["id"] ?? node, "a credential's \"id\" must be a UUID") }
        return id
    }

    /// What a plugin may call back for, in the words of its manifest (`resource.permission`).
    private mutating func permission(_ node: SeedNode) -> Permission? {
        let parts = ["tool", "model", "node", "app", "storage", "endpoint"]
        guard members(node, of: "\"permission\"", keys: parts) != nil else { return nil }
        let models = ["llm", "text_embedding", "rerank", "tts", "speech2text", "moderation"]
        var enabled: Set<String> = []
        for part in parts {
            guard let child = node[part] else { continue }
            let keys = part == "model" ? models : part == "storage" ? ["size"] : []
            guard members(child, of: "\"\(part)\"", keys: ["enabled"] + keys) != nil, flag("enabled", of: child) else {
                continue
            }
            if part == "model" {
                for model in models where flag(model, of: child) {
                    enabled.insert(model.replacing("_", with: "-"))
                }
            } else {
                enabled.insert(part)
            }
        }
        // The bounds of Dify's manifests.
        let size = node["storage"].flatMap { integer("size", of: $0, in: 1024...1_073_741_824) }
        return Permission(
            enabled: enabled, storageSize: min(size ?? Permission.largestStorage, Permission.largestStorage))
    }
}
