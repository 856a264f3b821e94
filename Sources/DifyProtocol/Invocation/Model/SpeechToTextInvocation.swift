/// A checked reverse call that writes down what is spoken.
public struct SpeechToTextInvocation: Sendable, Hashable {
    /// The model.
    public let model: ModelReference
    /// The audio in hexadecimal digits, as sent: the daemon only looks whether there is any.
    public let file: String

    /// A call that writes down what is spoken.
    public init(model: ModelReference, file: String) {
        self.model = model
        self.file = file
    }

    /// Reads and checks the request of a `speech2text` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeSpeech2TextRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        model = ModelReference(reading: fields)
        file = fields.embedded("InvokeSpeech2TextSchema").text("file", as: "File", .required)
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request = model.request(modelType: "speech2text")
        request["file"] = .string(file)
        return Invocation(type: .speechToText, request: request)
    }
}
