/// A checked reverse call that has a text shortened by the workspace's default model.
public struct SummaryInvocation: Sendable, Hashable {
    /// The text. The SDK makes no call for one of less than 1024 characters.
    public let text: String
    /// What to keep in mind; may be empty.
    public let instruction: String

    /// A call that shortens a text.
    public init(text: String, instruction: String = "") {
        self.text = text
        self.instruction = instruction
    }

    /// Reads and checks the request of a `system_summary` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeSummaryRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        let schema = fields.embedded("InvokeSummarySchema")
        text = schema.text("text", as: "Text", .required)
        instruction = schema.text("instruction")
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        Invocation(type: .systemSummary, request: ["text": .string(text), "instruction": .string(instruction)])
    }
}
