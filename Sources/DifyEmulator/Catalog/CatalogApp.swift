public import DifyProtocol

/// An app of a workspace.
public struct CatalogApp: Sendable {
    /// What kind of app it is. The app decides this, whichever method of the SDK calls it.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        case chat
        case agentChat = "agent-chat"
        /// A chatflow.
        case advancedChat = "advanced-chat"
        case workflow
        case completion
    }

    /// Its id.
    public let id: ProviderUUID
    /// Its name, by which seeds call it.
    public let name: String
    /// What kind of app it is.
    public let mode: Mode
    /// Its input form, in order.
    public let inputs: [AppInput]
    /// What is laid over the answer to `fetch_app`.
    let parameters: JSONObject
    /// The nodes that the seed names; what else a run needs is added to them.
    let nodes: [AppNode]
    /// What it is for.
    public let description: String
}

/// A variable of an app's input form, or of a workflow's start node.
public struct AppInput: Sendable {
    /// What a value must be.
    public enum InputType: String, Sendable, Hashable, CaseIterable {
        case textInput = "text-input"
        case select
        case paragraph
        case number
        /// Filled by an extension of Dify, so that no value can be given.
        case externalDataTool = "external_data_tool"
        case file
        case fileList = "file-list"
        case checkbox
        case jsonObject = "json_object"
    }

    /// The variable.
    public let name: String
    /// What a value must be.
    public let type: InputType
    /// What people read.
    public let label: String
    /// What people read below the label.
    public let description: String
    /// Whether a value must be there.
    public let required: Bool
    /// Most characters of a text, or most files of a list; nil and 0 for any number.
    public let maxLength: Int?
    /// The texts that a select accepts.
    public let options: [String]
    /// The value that stands in for a missing one; null for none.
    public let defaultValue: JSONValue
    /// Which files are accepted; nil where nothing was said.
    public let allowedFiles: AllowedFiles?

    init(
        name: String, type: InputType, label: String, description: String = "", required: Bool = false,
        maxLength: Int? = nil, options: [String] = [], defaultValue: JSONValue = .null,
        allowedFiles: AllowedFiles? = nil
    ) {
        self.name = name
        self.type = type
        self.label = label
        self.description = description
        self.required = required
        self.maxLength = maxLength
        self.options = options
        self.defaultValue = defaultValue
        self.allowedFiles = allowedFiles
    }
}

/// A node of a chatflow or a workflow, as a seed names it.
struct AppNode: Sendable, Hashable {
    let id: String
    /// Dify's name of its type.
    let type: String
    let title: String
    /// What it gives; empty for what follows from the run.
    let outputs: JSONObject

    /// The types of nodes that come with Dify (graphon's `BuiltinNodeTypes`).
    static let types: Set<String> = [
        "start", "end", "answer", "llm", "knowledge-retrieval", "if-else", "code", "template-transform",
        "question-classifier", "http-request", "tool", "datasource", "variable-aggregator", "variable-assigner",
        "loop", "iteration", "parameter-extractor", "assigner", "document-extractor", "list-operator", "agent",
        "human-input",
    ]

    /// The type of a node that is given by nothing but its name.
    static func type(ofName name: String) -> String { types.contains(name) ? name : "code" }

    /// Whether its output streams as a model writes it.
    var isModel: Bool { type == "llm" || type == "agent" }

    /// Whether it runs other nodes. Dify sends other events for these.
    var isContainer: Bool { type == "iteration" || type == "loop" }
}
