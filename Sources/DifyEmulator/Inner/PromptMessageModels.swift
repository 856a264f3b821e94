import DifyProtocol

/// How Dify reads the messages of a prompt: each by the model of its role, up to the first one that is wrong
/// (`RequestInvokeLLM.convert_prompt_messages`, graphon's `message_entities`).
enum PromptMessageModels {
    /// The messages; none when something was found.
    ///
    /// - Throws: ``PythonException/other(_:)`` for what no model gets to see.
    static func read(
        _ value: PythonValue, findings: inout [PydanticFinding]
    ) throws(PythonException) -> [PromptMessage] {
        guard let values = value.json?.array else {
            findings.append(.valueError("prompt_messages must be a list", .value(value)))
            return []
        }
        var messages: [PromptMessage] = []
        for value in values {
            var found: [PydanticFinding] = []
            let object = try object(value)
            let message = try message(PythonObject(object), role: object["role"] ?? .null, findings: &found)
            guard found.isEmpty else {
                findings += found
                return []
            }
            messages.append(message)
        }
        return messages
    }

    /// What `value["role"]` finds its role in.
    private static func object(_ value: JSONValue) throws(PythonException) -> JSONObject {
        switch value {
        case .object(let object):
            if object["role"] == nil { throw .other("'role'") }
            return object
        case .array: throw .other("list indices must be integers or slices, not str")
        case .string: throw .other("string indices must be integers, not 'str'")
        case .null, .bool, .number: throw .other("'\(PythonText.typeName(value))' object is not subscriptable")
        }
    }

    // MARK: - A message

    private static let roles = [
        PydanticModel.Field.required("role", .choice(["system", "user", "assistant", "tool"]))
    ]
    private static let name = [PydanticModel.Field.optional("name", .optional(.string), standard: nil)]
    private static let toolCalls = [
        PydanticModel.Field.optional("tool_calls", .elements(.model(toolCall)), standard: [])
    ]
    private static let toolCallID = [PydanticModel.Field.required("tool_call_id", .string)]

    private static let toolCall = PydanticModel(
        name: "ToolCall",
        fields: [
            .init(
                name: "id", type: .string,
                prepare: { value in .json(.string(value.json.map(PythonText.str) ?? "")) }),
            .required("type", .string),
            .required(
                "function",
                .model(
                    PydanticModel(
                        name: "ToolCallFunction", fields: [.required("name", .string), .required("arguments", .string)])
                )),
        ])

    private static func message(
        _ object: PythonObject, role: JSONValue, findings: inout [PydanticFinding]
    ) throws(PythonException) -> PromptMessage {
        let own = role == "assistant" ? toolCalls : role == "tool" ? toolCallID : []
        let before = try PydanticModel(name: "", fields: roles).members(of: object, findings: &findings)
        let content = try content(object["content"], findings: &findings)
        let after = try PydanticModel(name: "", fields: name + own).members(of: object, findings: &findings)
        let calls = (after["tool_calls"]?.array ?? []).map { call in
            ToolCallRequest(
                id: call["id"]?.string ?? "", name: call["function"]?["name"]?.string ?? "",
                arguments: call["function"]?["arguments"]?.string ?? "")
        }
        return PromptMessage(
            role: before["role"]?.string ?? "", content: content, name: after["name"]?.string ?? "", toolCalls: calls,
            toolCallID: after["tool_call_id"]?.string ?? "")
    }

    // MARK: - Its content

    private static func content(
        _ value: PythonValue?, findings: inout [PydanticFinding]
    ) throws(PythonException) -> JSONValue {
        guard let value, let json = value.json else { return .null }
        switch json {
        case .null, .string: return json
        case .array(let parts):
            for part in parts where try !admits(part, of: value, findings: &findings) { break }
        case .bool, .number, .object:
            for (type, complaint) in [(PydanticType.string, "str"), (.list, Self.listOfParts)] {
                var found: [PydanticFinding] = []
                _ = try type.read(value, findings: &found)
                findings += found.map { $0.within(complaint).within("content") }
            }
        }
        return json
    }

    private static let listOfParts =
        "list[tagged-union[TextPromptMessageContent,ImagePromptMessageContent,DocumentPromptMessageContent,"
        + "AudioPromptMessageContent,VideoPromptMessageContent]]"

    /// - Returns: Whether the next part is looked at.
    private static func admits(
        _ part: JSONValue, of content: PythonValue, findings: inout [PydanticFinding]
    ) throws(PythonException) -> Bool {
        guard let object = part.object, let type = object["type"] else {
            let complaint = PydanticFinding.valueError(
                "invalid prompt message \(PythonText.str(part))", .value(content))
            findings.append(complaint.within("content"))
            return false
        }
        switch type {
        case .array, .object: throw .other("unhashable type: '\(PythonText.typeName(type))'")
        default: break
        }
        guard let fields = type.string.flatMap({ parts[$0] }) else { throw .other(PythonText.repr(type)) }
        var found: [PydanticFinding] = []
        _ = try PydanticModel(name: "", fields: fields).members(of: PythonObject(object), findings: &found)
        findings += found.map { $0.within("content") }
        return found.isEmpty
    }

    private static let multiModal: [PydanticModel.Field] = [
        .required("format", .string), .optional("base64_data", .string, standard: ""),
        .optional("url", .string, standard: ""), .required("mime_type", .string),
        .optional("filename", .string, standard: ""),
    ]

    private static let parts: [String: [PydanticModel.Field]] = [
        "text": [.required("data", .string)],
        "image": multiModal + [.optional("detail", .choice(["low", "high"]), standard: "low")],
        "audio": multiModal, "video": multiModal, "document": multiModal,
    ]
}
