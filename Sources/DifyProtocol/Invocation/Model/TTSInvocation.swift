/// A checked reverse call that speaks a text.
public struct TTSInvocation: Sendable, Hashable {
    /// The model.
    public let model: ModelReference
    /// The text: `content_text` on the wire.
    public let text: String
    /// The voice.
    public let voice: String

    /// A call that speaks a text.
    public init(model: ModelReference, text: String, voice: String) {
        self.model = model
        self.text = text
        self.voice = voice
    }

    /// Reads and checks the request of a `tts` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeTTSRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        model = ModelReference(reading: fields)
        let schema = fields.embedded("InvokeTTSSchema")
        text = schema.text("content_text", as: "ContentText", .required)
        voice = schema.text("voice", as: "Voice", .required)
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request = model.request(modelType: "tts")
        request["voice"] = .string(voice)
        request["content_text"] = .string(text)
        return Invocation(type: .tts, request: request)
    }
}
