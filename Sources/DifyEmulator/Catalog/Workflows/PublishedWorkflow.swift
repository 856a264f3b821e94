public import DifyProtocol

/// A workflow published as a tool (`WorkflowToolProvider`).
public struct PublishedWorkflow: Sendable {
    /// How one of the tool's parameters is presented, and who fills it.
    public struct Parameter: Sendable, Hashable {
        /// The start node's variable.
        public let name: String
        /// What people and models read.
        public let description: String
        /// Who supplies the value.
        public let form: ToolParameter.Form
    }

    /// What a tool is called and how it is shown.
    struct Card: Sendable {
        /// The tool's provider.
        let id: ProviderUUID
        /// The app whose workflow it is.
        let appID: ProviderUUID
        let name: String
        let label: String
        let description: String
        /// `background` and `content`, as the console draws it.
        let icon: JSONObject
        let privacyPolicy: String
        /// Dify's labels, such as `search`.
        let labels: [String]
        /// The published version of the app's workflow, which runs whatever is published later.
        let version: String
    }

    let card: Card
    let definition: WorkflowDefinition
    /// The tool's parameters as they were chosen when it was published.
    public let configuration: [Parameter]
    /// What the tool takes.
    public let parameters: [ToolParameter]

    /// Publishes a workflow as a tool.
    ///
    /// - Parameter profile: The release of Dify that does so.
    /// - Throws: ``Refusal`` as Dify refuses.
    init(
        _ definition: WorkflowDefinition, as card: Card, configuration: [Parameter], profile: Profile
    ) throws(Refusal) {
        self.card = card
        self.definition = definition
        self.configuration = configuration
        if definition.hasHumanInput, profile.has(.humanInputCheck) { throw Self.humanInputRefusal }
        var parameters: [ToolParameter] = []
        for parameter in configuration { parameters.append(try definition.parameter(parameter, profile: profile)) }
        if let mistake = definition.outputMistake { throw mistake }
        self.parameters = parameters
    }

    /// The id of the tool's provider, by which plugins call it.
    public var id: ProviderUUID { card.id }
    /// The id of the app whose workflow it is.
    public var appID: ProviderUUID { card.appID }
    /// The published version that runs.
    public var version: String { card.version }
    /// The tool's name.
    public var name: String { card.name }
    /// What people see in place of the name.
    public var label: String { card.label }
    /// What the tool does.
    public var description: String { card.description }
    /// `background` and `content`, as the console draws it.
    public var icon: JSONObject { card.icon }
    /// Who is told what about privacy.
    public var privacyPolicy: String { card.privacyPolicy }
    /// Dify's labels, such as `search`.
    public var labels: [String] { card.labels }
    /// The start node's variables, whether or not the tool has a parameter for them.
    public var variables: [AppInput] { definition.variables }
    /// What the tool says of its result, as a JSON schema.
    public var outputSchema: JSONObject { definition.outputs.schema }
    /// The workflow tools that every run calls.
    public var calls: [NestedWorkflow] { definition.calls }

    /// Outputs of these names are no variables of a tool's answer: messages have the names for themselves.
    static let reservedOutputs: Set<String> = ["text", "json", "files"]

    /// What the console answers about a workflow that waits for a person.
    private static let humanInputRefusal = Refusal(
        status: 400, code: "workflow_tool_human_input_not_supported",
        message: "Workflow with Human Input nodes cannot be published as a workflow tool.")
}

extension WorkflowDefinition {
    /// The parameters that the console suggests: one for each variable, filled by the caller.
    var suggestedConfiguration: [PublishedWorkflow.Parameter] {
        variables.map { .init(name: $0.name, description: "", form: .llm) }
    }

    /// A tool's parameter (`WorkflowToolProviderController`): type, default and need come from the variable, the rest
    /// from the choice that was made for the tool.
    fileprivate func parameter(
        _ choice: PublishedWorkflow.Parameter, profile: Profile
    ) throws(Refusal) -> ToolParameter {
        guard let variable = variables.first(where: { $0.name == choice.name }) else {
            // Files that belong to no variable come under any name.
            guard fileUpload != nil else { throw .invalidParameter("variable not found") }
            return ToolParameter(
                name: choice.name, type: .systemFiles, form: choice.form, humanDescription: choice.description,
                llmDescription: choice.description)
        }
        guard let type = variable.type.parameterType(profile) else {
            throw .invalidParameter("unsupported variable type \(variable.type.rawValue)")
        }
        return ToolParameter(
            name: choice.name, type: type, required: variable.required, form: choice.form,
            defaultValue: profile.has(.workflowDefaults) ? variable.defaultValue : .null,
            options: variable.type == .select ? variable.options : [],
            humanDescription: choice.description, llmDescription: choice.description, label: variable.label)
    }
}

extension AppInput.InputType {
    /// What a tool's parameter of this type is; nil for a type that a tool cannot have.
    fileprivate func parameterType(_ profile: Profile) -> ToolParameter.ParameterType? {
        switch self {
        case .textInput, .paragraph: .string
        case .select: .select
        case .number: .number
        case .file: .file
        case .fileList: .files
        case .checkbox: profile.has(.checkboxInputs) ? .boolean : nil
        case .jsonObject: profile.has(.objectInputs) ? .object : nil
        case .externalDataTool: nil
        }
    }
}
