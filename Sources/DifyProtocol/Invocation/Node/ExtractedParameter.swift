/// A parameter that a parameter extractor looks for in a text.
public struct ExtractedParameter: Sendable, Hashable {
    /// The name under which the value stands in the answer.
    public let name: String
    /// `string`, `number`, `bool`, `select` or an array of the first two or of objects; see
    /// ``ParameterExtractorInvocation/init(request:refusesBooleanParameters:)`` for two more.
    public let type: String
    /// The values among which a `select` chooses.
    public let options: [String]
    /// What the model reads about it.
    public let description: String
    /// Whether the text has to have it.
    public let required: Bool

    /// A parameter to look for.
    public init(
        name: String, type: String, options: [String] = [], description: String = "", required: Bool = false
    ) {
        self.name = name
        self.type = type
        self.options = options
        self.description = description
        self.required = required
    }

    init(reading fields: RequestFields, types: [String]) {
        name = fields.text("name", as: "Name", .required)
        type = fields.text("type", as: "Type", .required, .oneOf(types))
        options = fields.texts("options")
        description = fields.text("description")
        required = fields.flag("required")
    }

    /// The parameter as the SDK sends it.
    var value: JSONValue {
        [
            "name": .string(name), "type": .string(type), "options": .array(options.map(JSONValue.string)),
            "description": .string(description), "required": .bool(required),
        ]
    }
}
