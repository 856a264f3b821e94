public import DifyOpenAPI
public import DifyProtocol

/// A tool of a workspace, ready to be called.
public struct CatalogTool: Sendable {
    /// Where a tool's name comes from.
    public enum NameOrigin: String, Sendable {
        /// Written in the plugin or the workflow.
        case declared
        /// The `operationId` of an API document.
        case operationID = "operationId"
        /// Made up by Dify from path and method.
        case generated
    }

    /// Which tool this is.
    public let identity: ToolIdentity
    /// How people call the provider: the id of a plugin's provider, the name of a workflow or an API.
    public let providerName: String
    /// Where the name comes from.
    public let nameOrigin: NameOrigin
    /// What the tool does.
    public let description: String
    /// What it takes.
    public let parameters: [ToolParameter]
    /// For a custom tool: the operation, and how the API is signed in to.
    public let operation: APIOperation?
    /// The canned answer.
    let answer: CannedAnswer?

    /// Whether this is how somebody may call the tool's provider: an id in any accepted form, or a seed's name.
    func isProvided(by given: String) -> Bool {
        switch identity.kind {
        case .builtin:
            identity.provider == given || (try? ToolProviderID(given))?.description == identity.provider
        case .workflow, .api:
            providerName == given || ProviderUUID(given)?.description == identity.provider
        }
    }
}

/// What identifies a tool within a workspace.
public struct ToolIdentity: Sendable, Hashable, CustomStringConvertible {
    /// Its kind.
    public let kind: ToolKind
    /// The provider: `author/plugin/provider`, a hard-coded name, or a UUID.
    public let provider: String
    /// Its name.
    public let tool: String

    /// An identity. The provider stands in its normal form.
    public init(kind: ToolKind, provider: String, tool: String) {
        self.kind = kind
        self.provider = provider
        self.tool = tool
    }

    public var description: String { "\(kind.rawValue) tool \(provider) \(tool)" }
}

/// The operation behind a custom tool.
public struct APIOperation: Sendable, Hashable {
    /// What Dify made of the operation.
    public let bundle: ToolBundle
    /// The stored credentials: `auth_type` and what goes with it.
    public let credentials: JSONObject
}

/// A builtin provider with its tools.
struct BuiltinProvider: Sendable {
    let id: String
    /// The ids of the stored credentials; nil when the provider declares none, so that none are looked for.
    let credentials: [ProviderUUID]?
    let tools: [CatalogTool]
}

/// A custom tool provider: one API document.
struct APIProvider: Sendable {
    let id: ProviderUUID
    let name: String
    let tools: [CatalogTool]
}
