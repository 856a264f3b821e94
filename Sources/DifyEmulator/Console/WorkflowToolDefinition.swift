public import DifyProtocol

/// A workflow tool as Dify's console publishes it.
public struct WorkflowToolDefinition: Sendable, Hashable {
    /// Its name: letters, digits and `_`, as Dify has them.
    public var name: String
    /// What people see in place of the name.
    public var label: String
    /// What the tool does.
    public var description: String
    /// `background` and `content`.
    public var icon: JSONObject
    /// Which of the start node's variables are parameters, and who fills them.
    public var parameters: [PublishedWorkflow.Parameter]
    /// Who is told what about privacy.
    public var privacyPolicy: String
    /// Dify's labels; others are left out.
    public var labels: [String]
    /// Further members of a seed's entry, which Dify does not know: `reply`, `sequence`, `then`. Without any of them they
    /// stay as they are when the tool is changed.
    public var seedMembers: JSONObject

    /// The members of a seed's entry that may stand beside those of Dify's console.
    public static let seedMemberNames = ["reply", "sequence", "then"]

    /// A workflow tool.
    public init(
        name: String, label: String? = nil, description: String = "", icon: JSONObject = APISettings().icon,
        parameters: [PublishedWorkflow.Parameter] = [], privacyPolicy: String = "", labels: [String] = [],
        seedMembers: JSONObject = [:]
    ) {
        self.name = name
        self.label = label ?? name
        self.description = description
        self.icon = icon
        self.parameters = parameters
        self.privacyPolicy = privacyPolicy
        self.labels = labels
        self.seedMembers = seedMembers
    }
}
