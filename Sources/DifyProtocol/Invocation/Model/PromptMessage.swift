/// A message of a prompt, as the plugin sent it.
///
/// The daemon only looks at the types of its members; the role and the content are Dify's to judge.
public struct PromptMessage: Sendable, Hashable {
    /// The roles that the SDK knows.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        case system
        case user
        case assistant
        case tool
        case developer
    }

    /// Who speaks, as sent; empty when there was none.
    public let role: String
    /// A text, a list of parts, or null; the daemon lets any other value pass as well.
    public let content: JSONValue
    /// The speaker's name; empty for none.
    public let name: String
    /// The tools that an assistant calls.
    public let toolCalls: [ToolCallRequest]
    /// Which call a tool's message answers; empty for none.
    public let toolCallID: String

    /// A message.
    public init(
        role: String, content: JSONValue, name: String = "", toolCalls: [ToolCallRequest] = [], toolCallID: String = ""
    ) {
        self.role = role
        self.content = content
        self.name = name
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
    }

    /// What the model is told before anything else.
    public static func system(_ text: String) -> PromptMessage {
        PromptMessage(role: Role.system.rawValue, content: .string(text))
    }

    /// What the user says.
    public static func user(_ text: String) -> PromptMessage {
        PromptMessage(role: Role.user.rawValue, content: .string(text))
    }

    /// What the model said, and which tools it called.
    public static func assistant(_ text: String, toolCalls: [ToolCallRequest] = []) -> PromptMessage {
        PromptMessage(role: Role.assistant.rawValue, content: .string(text), toolCalls: toolCalls)
    }

    /// What a tool answered to a call.
    public static func tool(_ text: String, callID: String) -> PromptMessage {
        PromptMessage(role: Role.tool.rawValue, content: .string(text), toolCallID: callID)
    }

    init(reading fields: RequestFields) {
        role = fields.text("role", type: "model_entities.PromptMessageRole")
        content = fields.untyped("content")
        name = fields.text("name")
        toolCalls = fields.list("tool_calls", as: "ToolCalls", ToolCallRequest.init(reading:))
        toolCallID = fields.text("tool_call_id")
        // What a vendor's model wants back, such as its reasoning. The daemon keeps it as raw JSON, which its decoder
        // takes for a list of bytes: an object is refused.
        fields.checkBytes("opaque_body")
    }

    /// The message as the SDK sends it.
    var value: JSONValue {
        var message: JSONObject = [
            "role": .string(role), "content": content, "name": name.isEmpty ? .null : .string(name),
        ]
        if role == Role.assistant.rawValue || !toolCalls.isEmpty {
            message["tool_calls"] = .array(toolCalls.map(\.value))
        }
        if role == Role.tool.rawValue || !toolCallID.isEmpty { message["tool_call_id"] = .string(toolCallID) }
        return .object(message)
    }
}

extension PromptMessage {
    /// The content when it is a text, or else its text parts joined.
    public var text: String {
        content.string ?? parts.filter { $0.type == Self.textPart }.map { $0.part["data"]?.string ?? "" }.joined()
    }

    /// The types of the parts that are no text, in order: `image`, `audio`, `video`, `document`.
    public var attachmentTypes: [String] { parts.map(\.type).filter { $0 != Self.textPart } }

    /// The parts of the content that say what they are.
    private var parts: [(type: String, part: JSONValue)] {
        (content.array ?? []).compactMap { part in part["type"]?.string.map { (type: $0, part: part) } }
    }

    private static let textPart = "text"
}
