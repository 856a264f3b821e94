package import DifyProtocol

/// Dify's console for one workspace: what the controllers below `/console/api/workspaces/current` answer
/// (`api/controllers/console/workspace/tool_providers.py` and the services behind it, Dify 1.14.2).
///
/// A request's JSON or query comes in as a value, the answer's JSON goes out as one; what Dify refuses is a
/// ``Refusal``. Who asks, and how the bytes travel, is the server's business.
package struct DifyConsole: Sendable {
    let platform: Platform
    let workspace: Workspace

    /// The console of a workspace.
    package init(_ platform: Platform, workspace: Workspace) {
        self.platform = platform
        self.workspace = workspace
    }

    var catalog: Catalog { workspace.catalog }

    /// The release of Dify that the workspace imitates.
    package var profile: Profile { catalog.profile }

    /// A query's parameters. Of several with one name the first counts.
    package static func query(_ text: String) -> JSONObject { QueryText.decode(text) }

    /// The password of a request to sign in.
    package static func loginPassword(payload: JSONValue) throws(Refusal) -> String {
        try ConsolePayload.login.read(payload)["password"]?.string ?? ""
    }

    /// The answer to a change.
    static let success: JSONValue = ["result": "success"]

    // MARK: - Lists

    /// `GET tool-providers`: providers of one type, or of all, without their tools.
    package func providers(query: JSONObject) throws -> JSONValue {
        let type = try ConsolePayload.providerList.read(.object(query))["type"]?.string
        func isWanted(_ kind: ToolKind) -> Bool { type == nil || type == kind.rawValue }
        var items: [ProviderItem] = []
        if isWanted(.builtin) { items += try builtinItems(showsCredentials: false) }
        if isWanted(.api) { items += apis.map { item(of: $0, showsCredentials: false) } }
        if isWanted(.workflow) {
            items += Self.lastOfEachName(workflowTools.compactMap(\.workflow).map { item(of: $0, showsApp: false) })
        }
        return .array(ProviderItem.sorted(items).map(\.json))
    }

    /// Dify gathers providers under their names; those of workflows are their labels, which need not differ.
    private static func lastOfEachName(_ items: [ProviderItem]) -> [ProviderItem] {
        var places: [String: Int] = [:]
        var kept: [ProviderItem] = []
        for item in items {
            if let place = places[item.name] {
                kept[place] = item
            } else {
                places[item.name] = kept.count
                kept.append(item)
            }
        }
        return kept
    }

    /// `GET tools/builtin`
    package func builtinTools() throws -> JSONValue {
        let items = try builtinItems(showsCredentials: true).map { item in
            var item = item
            item.tools = toolItems(ofBuiltin: item)
            return item
        }
        return .array(ProviderItem.sorted(items).map(\.json))
    }

    /// `GET tools/api`
    package func apiTools() -> JSONValue {
        .array(
            apis.map { api in
                var item = item(of: api, showsCredentials: true)
                item.tools = toolItems(of: api)
                return item.json
            })
    }

    /// `GET tools/workflow`
    package func workflowToolList() -> JSONValue {
        .array(
            workflowTools.compactMap(\.workflow).map { workflow in
                var item = item(of: workflow, showsApp: true)
                item.tools = [toolItem(of: workflow)]
                return item.json
            })
    }

    /// `GET tools/mcp`: the emulator has no MCP servers.
    package func mcpTools() -> JSONValue { [] }

    /// `GET tool-labels`
    package func toolLabels() -> JSONValue { ToolLabels.json }
}
