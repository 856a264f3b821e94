/// Which model a call is for.
public struct ModelReference: Sendable, Hashable {
    /// The provider as the plugin wrote it: `author/plugin/provider`, or a bare name that Dify expands.
    public let provider: String
    /// The model's name.
    public let model: String

    /// A model of a provider.
    public init(provider: String, model: String) {
        self.provider = provider
        self.model = model
    }

    /// Reads the two members that the requests of all model calls share.
    init(reading fields: RequestFields) {
        let base = fields.embedded("BaseRequestInvokeModel")
        provider = base.text("provider", as: "Provider", .required)
        model = base.text("model", as: "Model", .required)
    }

    /// The start of a request for the model. Dify's daemon drops the type, yet the SDK sends it.
    func request(modelType: String) -> JSONObject {
        ["provider": .string(provider), "model": .string(model), "model_type": .string(modelType)]
    }
}
