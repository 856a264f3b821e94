/// A checked reverse call of a tool.
public struct ToolInvocation: Sendable, Hashable {
    /// Which kind of tool; nil stands for `mcp`, which Dify knows and this emulator does not offer.
    public let kind: ToolKind?
    /// The provider as the plugin wrote it.
    public let provider: String
    /// The tool's name as the plugin wrote it.
    public let tool: String
    /// The arguments, uncast. nil when the request held none, which Dify refuses.
    public let parameters: JSONObject?
    /// Which stored credential to use; empty for the provider's default one.
    public let credentialID: String

    /// A call of a tool.
    public init(kind: ToolKind, provider: String, tool: String, parameters: JSONObject, credentialID: String = "") {
        self.kind = kind
        self.provider = provider
        self.tool = tool
        self.parameters = parameters
        self.credentialID = credentialID
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request: JSONObject = [
            "tool_type": .string(kind?.rawValue ?? "mcp"), "provider": .string(provider), "tool": .string(tool),
            "tool_parameters": parameters.map(JSONValue.object) ?? .null,
        ]
        if !credentialID.isEmpty { request["credential_id"] = .string(credentialID) }
        return Invocation(type: .tool, request: request)
    }

    /// Reads and checks the request of a `tool` call as Dify's plugin daemon does.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text (its decoder's, then its validator's).
    public init(request: JSONObject) throws(InvalidRequest) {
        var fields = RequestFields(request)
        let kindText = fields.text("tool_type")
        credentialID = fields.text("credential_id")
        provider = fields.text("provider")
        tool = fields.text("tool")
        parameters = fields.object("tool_parameters")
        try fields.requireDecoded()

        var failures: [InvalidRequest.Failure] = []
        kind = ToolKind(rawValue: kindText)
        if kindText.isEmpty {
            failures.append(.init(path: "InvokeToolRequest.ToolType", field: "ToolType", tag: "required"))
        } else if kind == nil, kindText != "mcp" {
            failures.append(.init(path: "InvokeToolRequest.ToolType", field: "ToolType", tag: "tool_type"))
        }
        for (field, value) in [("Provider", provider), ("Tool", tool)] where value.isEmpty {
            failures.append(.init(path: "InvokeToolRequest.InvokeToolSchema.\(field)", field: field, tag: "required"))
        }
        guard failures.isEmpty else { throw InvalidRequest(failures: failures) }
    }
}
