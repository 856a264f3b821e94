/// The model that a workflow node asks.
public struct NodeModel: Sendable, Hashable {
    /// The provider as the plugin wrote it.
    public let provider: String
    /// The model's name.
    public let name: String
    /// `chat` or `completion`.
    public let mode: String
    /// The model's parameters; nil when the plugin sent none, which Dify refuses.
    public let completionParams: JSONObject?

    /// A model for a node.
    public init(provider: String, name: String, mode: String = "chat", completionParams: JSONObject? = [:]) {
        self.provider = provider
        self.name = name
        self.mode = mode
        self.completionParams = completionParams
    }

    init(reading fields: RequestFields) {
        provider = fields.text("provider", as: "Provider", .required)
        name = fields.text("name", as: "Name", .required)
        mode = fields.text("mode", as: "Mode", .required)
        completionParams = fields.object("completion_params")
    }

    /// The model by itself.
    public var reference: ModelReference { ModelReference(provider: provider, model: name) }

    /// The model as the SDK sends it.
    var value: JSONValue {
        [
            "provider": .string(provider), "name": .string(name), "mode": .string(mode),
            "completion_params": completionParams.map(JSONValue.object) ?? .null,
        ]
    }
}
