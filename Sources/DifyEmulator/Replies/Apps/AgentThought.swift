import DifyProtocol

/// The end of a round of an agent.
struct AgentThought: Sendable {
    /// What the agent thought; nil for what it said in this round.
    let thought: String?
    /// The tool that it called, several separated by `;`; empty for none.
    let tool: String
    /// What the tool was given.
    let toolInput: JSONValue
    /// What the tool answered.
    let observation: JSONValue
    /// The files that the tool made.
    let files: [JSONObject]
    private let labels: JSONObject

    /// A thought with the members `thought`, `tool`, `tool_input`, `observation`, `tool_labels` and `files`.
    init(_ members: JSONObject) {
        thought = members["thought"].flatMap { $0.isNull ? nil : PythonText.str($0) }
        tool = members["tool"]?.string ?? ""
        toolInput = members["tool_input"] ?? .null
        observation = members["observation"] ?? .null
        labels = members["tool_labels"]?.object ?? [:]
        files = (members["files"]?.array ?? []).compactMap(\.object)
    }

    private var tools: [String] { tool.split(separator: ";").map(String.init) }

    /// How people call the tools. A tool without a label of its own has its name for it, in two languages
    /// (`BaseAgentRunner.save_agent_thought`).
    var toolLabels: JSONObject {
        JSONObject(tools.map { ($0, labels[$0] ?? ["en_US": .string($0), "zh_Hans": .string($0)]) })
    }

    /// What the tools were given: JSON text of an object with one member for each tool. A text stands as it is.
    var toolInputText: String {
        switch toolInput {
        case .string(let text): text
        case .null where tool.isEmpty: ""
        case .null: json([:])
        // An argument may be called as its tool is, so that a member of that name proves nothing unless it is an object.
        case .object(let object) where tools.count > 1 || (object.keys == tools && object[tool]?.object != nil):
            json(object)
        default: json(of: toolInput)
        }
    }

    /// What the tools answered, in the same form.
    var observationText: String {
        switch observation {
        case .null: ""
        case .object(let object) where isByTool(object): json(object)
        case .string(let text):
            tool.isEmpty || isByTool((try? JSONParser.parse(text, dialect: .python))?.object ?? [:])
                ? text : json(of: observation)
        default: json(of: observation)
        }
    }

    private func isByTool(_ object: JSONObject) -> Bool {
        !object.isEmpty && object.keys.allSatisfy(tools.contains)
    }

    private func json(of value: JSONValue) -> String { json(JSONObject(tools.prefix(1).map { ($0, value) })) }

    private func json(_ object: JSONObject) -> String { JSONWriter.string(.object(object), style: .python) }
}
