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
    /// For a workflow tool: the workflow behind it.
    public let workflow: PublishedWorkflow?
    /// The canned answer.
    let answer: CannedAnswer?

    init(
        identity: ToolIdentity, providerName: String, nameOrigin: NameOrigin = .declared, description: String,
        parameters: [ToolParameter], operation: APIOperation? = nil, workflow: PublishedWorkflow? = nil,
        answer: CannedAnswer?
    ) {
        self.identity = identity
        self.providerName = providerName
        self.nameOrigin = nameOrigin
        self.description = description
        self.parameters = parameters
        self.operation = operation
        self.workflow = workflow
        self.answer = answer
    }

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

/// A builtin provider with its tools.
struct BuiltinProvider: Sendable {
    let id: String
    /// The ids of the stored credentials; nil when the provider declares none, so that none are looked for.
    let credentials: [ProviderUUID]?
    let tools: [CatalogTool]
}
