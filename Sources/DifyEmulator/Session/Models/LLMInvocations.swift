public import DifyProtocol

/// The chunks of a language model's answer, as they arrive.
public typealias LLMChunks = Responses<LLMChunk>

/// Calls of language models (`session.model.llm`).
public struct LLMInvocations: Sendable {
    let session: Session

    /// Asks a model and streams what it says.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - prompt: The messages so far.
    ///   - tools: The tools that the model may call.
    ///   - stop: Words before which the answer ends.
    ///   - parameters: The model's parameters: `temperature` and so on.
    ///   - mode: `chat` or `completion`; Dify does not look at it.
    public func invoke(
        model: ModelReference, prompt: [PromptMessage], tools: [PromptTool] = [], stop: [String] = [],
        parameters: JSONObject = [:], mode: String = "chat"
    ) -> LLMChunks {
        let call = LLMInvocation(
            model: model, mode: mode, completionParams: parameters, promptMessages: prompt, tools: tools, stop: stop,
            stream: true)
        return session.responses(to: call.invocation, as: LLMChunk.init(wire:))
    }

    /// Asks a model and returns its whole answer (`stream=False` in the SDK). An answer without any chunk is empty.
    ///
    /// The parameters are those of ``invoke(model:prompt:tools:stop:parameters:mode:)``.
    ///
    /// - Throws: ``InvocationError``.
    public func invokeBlocking(
        model: ModelReference, prompt: [PromptMessage], tools: [PromptTool] = [], stop: [String] = [],
        parameters: JSONObject = [:], mode: String = "chat"
    ) async throws -> LLMResult {
        let call = LLMInvocation(
            model: model, mode: mode, completionParams: parameters, promptMessages: prompt, tools: tools, stop: stop,
            stream: false)
        return try await LLMResult(of: session.responses(to: call.invocation, as: LLMChunk.init(wire:)), by: model)
    }
}

/// Calls of language models that answer with an object (`session.model.llm_structured_output`).
public struct LLMStructuredOutputInvocations: Sendable {
    let session: Session

    /// Asks a model and streams what it says; the object comes in a chunk of its own, the last one.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - prompt: The messages so far.
    ///   - schema: The JSON schema of the object.
    ///   - tools: The tools that the model may call.
    ///   - stop: Words before which the answer ends.
    ///   - parameters: The model's parameters: `temperature` and so on.
    ///   - mode: `chat` or `completion`; Dify does not look at it.
    public func invoke(
        model: ModelReference, prompt: [PromptMessage], schema: JSONObject, tools: [PromptTool] = [],
        stop: [String] = [], parameters: JSONObject = [:], mode: String = "chat"
    ) -> LLMChunks {
        let call = LLMInvocation(
            model: model, mode: mode, completionParams: parameters, promptMessages: prompt, tools: tools, stop: stop,
            stream: true, structuredOutputSchema: schema)
        return session.responses(to: call.invocation, as: LLMChunk.init(wire:))
    }

    /// Asks a model and returns its whole answer. An empty object counts as none, as in the SDK.
    ///
    /// The parameters are those of ``invoke(model:prompt:schema:tools:stop:parameters:mode:)``.
    ///
    /// - Throws: ``InvocationError``.
    public func invokeBlocking(
        model: ModelReference, prompt: [PromptMessage], schema: JSONObject, tools: [PromptTool] = [],
        stop: [String] = [], parameters: JSONObject = [:], mode: String = "chat"
    ) async throws -> LLMResult {
        let call = LLMInvocation(
            model: model, mode: mode, completionParams: parameters, promptMessages: prompt, tools: tools, stop: stop,
            stream: false, structuredOutputSchema: schema)
        return try await LLMResult(of: session.responses(to: call.invocation, as: LLMChunk.init(wire:)), by: model)
    }
}
