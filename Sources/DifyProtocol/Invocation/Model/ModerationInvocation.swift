/// A checked reverse call that asks whether a text is offensive.
public struct ModerationInvocation: Sendable, Hashable {
    /// The model.
    public let model: ModelReference
    /// The text.
    public let text: String

    /// A call that asks about a text.
    public init(model: ModelReference, text: String) {
        self.model = model
        self.text = text
    }

    /// Reads and checks the request of a `moderation` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeModerationRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        model = ModelReference(reading: fields)
        text = fields.embedded("InvokeModerationSchema").text("text", as: "Text", .required)
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request = model.request(modelType: "moderation")
        request["text"] = .string(text)
        return Invocation(type: .moderation, request: request)
    }
}
