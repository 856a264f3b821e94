import DifyProtocol

/// A call whose tool is found and whose parameters are cast: what Dify checks next, once the stream has started.
struct ToolRun {
    let tool: CatalogTool
    /// The arguments as the tool gets them.
    let parameters: JSONObject
    /// The request that Dify would send for a custom tool; nil for the other kinds.
    let request: APIRequest?

    /// What there is to say about the arguments.
    let notes: [String]

    /// The address that a custom tool would call; empty for the other kinds.
    var url: String { request?.url ?? "" }

    /// - Throws: ``StreamError`` with Dify's text for what is missing or no choice.
    init(_ tool: CatalogTool, parameters: JSONObject, in context: CallContext) throws(StreamError) {
        self.tool = tool
        if let workflow = tool.workflow {
            let run = try WorkflowRun(of: workflow, with: parameters, in: context)
            (self.parameters, request, notes) = (run.parameters, nil, run.notes)
        } else if let operation = tool.operation {
            self.parameters = parameters
            request = try operation.request(for: parameters, profile: context.profile)
            notes = []
        } else {
            (self.parameters, request) = (parameters, nil)
            notes = Self.unchecked(parameters, of: tool)
        }
    }

    /// Required parameters that are missing without an error: of builtin tools Dify leaves the check to the plugin.
    private static func unchecked(_ parameters: JSONObject, of tool: CatalogTool) -> [String] {
        tool.parameters.filter { $0.required && $0.form == .llm && parameters[$0.name] == nil }
            .map { "the required parameter \($0.name) is missing; Dify leaves that check to the plugin" }
    }
}
