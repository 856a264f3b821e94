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

    /// Reads and checks the request of a `tool` call as Dify's plugin daemon does.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text (its decoder's, or else its validator's).
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeToolRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        let kinds = ToolKind.allCases.map(\.rawValue) + [Self.mcp]
        let kindText = fields.text(
            "tool_type", as: "ToolType", .required, .oneOf(kinds, tag: "tool_type"), type: "requests.ToolType")
        kind = ToolKind(rawValue: kindText)
        credentialID = fields.text("credential_id")
        // Which kind of credential that is: it has to be a text, and has no effect here.
        _ = fields.text("credential_type")
        let schema = fields.embedded("InvokeToolSchema")
        provider = schema.text("provider", as: "Provider", .required)
        tool = schema.text("tool", as: "Tool", .required)
        parameters = schema.object("tool_parameters")
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request: JSONObject = [
            "tool_type": .string(kind?.rawValue ?? Self.mcp), "provider": .string(provider), "tool": .string(tool),
            "tool_parameters": parameters.map(JSONValue.object) ?? .null,
        ]
        if !credentialID.isEmpty { request["credential_id"] = .string(credentialID) }
        return Invocation(type: .tool, request: request)
    }

    private static let mcp = "mcp"
}
