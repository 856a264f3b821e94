/// A call of a tool that a model asked for, in an assistant's message.
public struct ToolCallRequest: Sendable, Hashable {
    /// The model's id of the call, to which a tool's message refers.
    public let id: String
    /// The tool.
    public let name: String
    /// The arguments, as JSON text.
    public let arguments: String

    /// A call of a tool.
    public init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }

    init(reading fields: RequestFields) {
        id = fields.text("id")
        // Always `function`; it only has to be a text.
        _ = fields.text("type")
        let function = fields.nested("function", as: "Function")
        name = function.text("name")
        arguments = function.text("arguments")
    }

    /// The call as the SDK sends it.
    var value: JSONValue {
        ["id": .string(id), "type": "function", "function": ["name": .string(name), "arguments": .string(arguments)]]
    }
}
