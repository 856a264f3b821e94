public import DifyProtocol

/// A language model's whole answer, put together of its chunks as the SDK does it.
public struct LLMResult: Sendable, Hashable {
    /// The model that was asked.
    public let model: String
    /// The texts of all chunks. Parts that are more than text are left out.
    public private(set) var text = ""
    /// The tools that the model calls: those of the last chunk that has any.
    public private(set) var toolCalls: [ToolCallRequest] = []
    /// What the answer took. The prices of a unit stay zero.
    public private(set) var usage = LLMUsage()
    /// The object that was asked for; nil also for an empty one.
    public private(set) var structuredOutput: JSONObject?

    /// The answer as a message, to go on with.
    public var message: PromptMessage { .assistant(text, toolCalls: toolCalls) }

    init(of chunks: LLMChunks, by model: ModelReference) async throws {
        self.model = model.model
        for try await chunk in chunks { add(chunk) }
    }

    private mutating func add(_ chunk: LLMChunk) {
        text += chunk.text
        if !chunk.toolCalls.isEmpty { toolCalls = chunk.toolCalls }
        if let usage = chunk.usage { self.usage.add(usage) }
        if let object = chunk.structuredOutput, !object.isEmpty { structuredOutput = object }
    }
}
