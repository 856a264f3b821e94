/// A tool that a language model may call.
public struct PromptTool: Sendable, Hashable {
    /// The name by which the model calls it.
    public let name: String
    /// What it does.
    public let description: String
    /// The JSON schema of its arguments.
    public let parameters: JSONObject

    /// A tool.
    public init(name: String, description: String, parameters: JSONObject) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }

    init(reading fields: RequestFields) {
        name = fields.text("name", as: "Name", .required)
        description = fields.text("description")
        parameters = fields.object("parameters") ?? [:]
    }

    /// The tool as the SDK sends it.
    var value: JSONValue {
        ["name": .string(name), "description": .string(description), "parameters": .object(parameters)]
    }
}
