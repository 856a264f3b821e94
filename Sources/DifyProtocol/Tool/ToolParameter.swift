/// A parameter of a tool, as Dify declares it for all three kinds.
public struct ToolParameter: Sendable, Hashable {
    /// What a value is cast to before the tool sees it.
    public enum ParameterType: String, Sendable, Hashable, CaseIterable {
        case string
        case number
        case boolean
        case select
        case secretInput = "secret-input"
        case file
        case files
        case checkbox
        case appSelector = "app-selector"
        case modelSelector = "model-selector"
        case toolsSelector = "array[tools]"
        case any
        case dynamicSelect = "dynamic-select"
        case array
        case object
        case systemFiles = "system-files"
    }

    /// Who supplies the value.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// Set when the tool is added.
        case schema
        /// Set by a user before the call: gets its default, its required check and its option check from Dify.
        case form
        /// Given by the caller: only cast, and only when it is there.
        case llm
    }

    /// The name under which callers pass it.
    public var name: String
    /// What people see in place of the name; nil for the name itself.
    public var label: String?
    /// The type of the value.
    public var type: ParameterType
    /// Whether a value must be there.
    public var required: Bool
    /// Who supplies the value.
    public var form: Form
    /// The value that stands in for a missing one; null for none.
    public var defaultValue: JSONValue
    /// The values that a select accepts.
    public var options: [String]
    /// What people read.
    public var humanDescription: String
    /// What a model reads; nil when nothing was declared.
    public var llmDescription: String?

    /// A parameter.
    public init(
        name: String, type: ParameterType = .string, required: Bool = false, form: Form = .llm,
        defaultValue: JSONValue = .null, options: [String] = [], humanDescription: String = "",
        llmDescription: String? = nil, label: String? = nil
    ) {
        self.name = name
        self.label = label
        self.type = type
        self.required = required
        self.form = form
        self.defaultValue = defaultValue
        self.options = options
        self.humanDescription = humanDescription
        self.llmDescription = llmDescription
    }

    /// The parameter as the emulator's `--json` output and store write it.
    public var json: JSONValue {
        [
            "name": .string(name), "type": .string(type.rawValue), "required": .bool(required),
            "default": defaultValue, "llm_description": llmDescription.map(JSONValue.string) ?? .null,
            "form": .string(form.rawValue), "human": .string(humanDescription),
            "options": .array(options.map(JSONValue.string)),
        ]
    }

    /// Reads what ``json`` wrote.
    public init?(json: JSONValue) {
        guard let name = json["name"]?.string, let type = json["type"]?.string.flatMap(ParameterType.init),
            let form = json["form"]?.string.flatMap(Form.init)
        else { return nil }
        self.init(
            name: name, type: type, required: json["required"]?.bool ?? false, form: form,
            defaultValue: json["default"] ?? .null, options: (json["options"]?.array ?? []).compactMap(\.string),
            humanDescription: json["human"]?.string ?? "", llmDescription: json["llm_description"]?.string)
    }
}
