public import DifyProtocol

/// A piece of a language model's answer.
public struct LLMChunk: Sendable, Hashable {
    /// The model, by the name under which its vendor answers.
    public let model: String
    /// The vendor's fingerprint; empty for none.
    public let systemFingerprint: String
    /// The piece's number. Many models leave it 0.
    public let index: Int
    /// What this piece adds: a text, or a list of parts when there is more than text.
    public let content: JSONValue
    /// The tools that the model calls. Official models send them whole.
    public let toolCalls: [ToolCallRequest]
    /// What the answer took; on one chunk only, usually the last.
    public let usage: LLMUsage?
    /// Why the answer ends: `stop`, `length`, `tool_calls`; nil as long as it does not.
    public let finishReason: String?
    /// The object that was asked for, on one chunk of a structured answer.
    public let structuredOutput: JSONObject?

    /// The text that this piece adds; empty when the content is a list.
    public var text: String { content.string ?? "" }

    /// Reads the daemon's form.
    ///
    /// - Returns: nil where the SDK's own class refuses the data.
    public init?(wire: JSONValue) {
        guard let model = wire["model"]?.string, let delta = wire["delta"], let message = delta["message"],
            message.object != nil, let index = delta["index"]?.wholeNumber,
            let usage = Self.optional(delta["usage"], LLMUsage.init(wire:)),
            let structuredOutput = Self.optional(wire["structured_output"], \.object),
            let toolCalls = (message["tool_calls"] ?? []).array
        else { return nil }
        self.model = model
        systemFingerprint = wire["system_fingerprint"]?.string ?? ""
        self.index = index
        content = message["content"] ?? .null
        self.toolCalls = toolCalls.compactMap(ToolCallRequest.init(wire:))
        self.usage = usage
        finishReason = delta["finish_reason"]?.string
        self.structuredOutput = structuredOutput
    }

    /// A member that may be null or missing, but not of another shape.
    ///
    /// - Returns: nil for a member of another shape, and a nil inside for none.
    private static func optional<Value>(_ value: JSONValue?, _ read: (JSONValue) -> Value?) -> Value?? {
        guard let value, !value.isNull else { return .some(nil) }
        return read(value).map { .some($0) }
    }
}
