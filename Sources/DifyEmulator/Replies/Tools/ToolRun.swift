import DifyProtocol

/// A call whose tool is found and whose parameters are cast: what Dify checks next, once the stream has started.
struct ToolRun {
    let tool: CatalogTool
    /// The arguments as the tool gets them.
    let parameters: JSONObject
    /// The address that a custom tool would call; empty for the other kinds.
    let url: String

    /// - Throws: ``StreamError`` with Dify's text for what is missing or no choice.
    init(_ tool: CatalogTool, parameters: JSONObject) throws(StreamError) {
        self.tool = tool
        switch tool.identity.kind {
        case .builtin: (self.parameters, url) = (parameters, "")
        case .workflow:
            (self.parameters, url) = (try WorkflowInputs.prepare(parameters, for: tool.parameters), "")
        case .api:
            self.parameters = parameters
            url = try tool.operation?.url(for: parameters) ?? ""
        }
    }

    /// Required parameters that are missing without an error: of builtin tools Dify leaves the check to the plugin.
    var uncheckedParameters: [String] {
        guard tool.identity.kind == .builtin else { return [] }
        return tool.parameters.filter { $0.required && $0.form == .llm && parameters[$0.name] == nil }
            .map { "the required parameter \($0.name) is missing; Dify leaves that check to the plugin" }
    }
}
