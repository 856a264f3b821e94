import DifyProtocol

/// `llm` and `llm_structured_output`: a language model.
struct LLMCall: AnswerableCall {
    let call: LLMInvocation
    let model: CatalogModel
    let identity: CallIdentity
    let facts: JSONObject
    /// A value for the schema of a structured call, and whether it is valid against it.
    private let structured: (value: JSONValue, isValid: Bool)?

    init(_ call: LLMInvocation, in context: CallContext) throws(FailedCall) {
        self.call = call
        do throws(FailedLookup) {
            model = try context.catalog.models.model(call.model, type: .llm)
        } catch {
            throw FailedCall(call.type, refusal: error)
        }
        identity = context.identity()
        facts = Self.facts(of: call)
        let key = identity.digest
        structured = call.structuredOutputSchema.map {
            SchemaValue.generated(.object(Self.anObject($0)), key: key)
        }
    }

    var notes: [String] {
        guard let structured, !structured.isValid else { return [] }
        return ["no value was found that is valid against the whole schema; the derived answer comes near"]
    }

    var subject: CallSubject { .model(call.type, model.identity) }
    var title: String { "\(call.type.rawValue) \(call.model.provider) \(call.model.model)" }
    var reply: ReplySequence? { model.reply }

    func failure(_ text: String) -> ReplyFailure {
        // Without streaming everything is refused before the answer starts.
        call.stream ? call.type.failure(exception: text) : call.type.failure(refusal: .invalidParameter(text))
    }

    private static func facts(of call: LLMInvocation) -> JSONObject {
        let messages = call.promptMessages
        var facts: JSONObject = [
            "provider": .string(call.model.provider), "model": .string(call.model.model),
            "any_message": .array(messages.map { .string($0.text) }),
            "tools": .array(call.tools.map { .string($0.name) }), "stop": .array(call.stop.map(JSONValue.string)),
            "stream": .bool(call.stream), "mode": .string(call.mode),
            "completion_params": .object(call.completionParams),
        ]
        let named = [("last_user_message", "user"), ("last_tool_result", "tool")]
        for (name, role) in named { facts[name] = messages.last { $0.role == role }.map { .string($0.text) } }
        facts["system_message"] = messages.first { $0.role == "system" }.map { .string($0.text) }
        return facts
    }

    // MARK: - The answer that follows from the prompt

    func derived() -> [FilledItem] {
        if let structured { return pieces(structured.value.description) }
        if model.callsTools, let tool = call.tools.first, call.promptMessages.last?.role != "tool" {
            return [.part(.toolCalls, [.string(tool.name)])]
        }
        return pieces(echo)
    }

    private func pieces(_ text: String) -> [FilledItem] {
        TokenPieces.pieces(of: text).map { .part(.text, .string($0)) }
    }

    /// What the model says: the end of the conversation, so that two prompts give two answers.
    private var echo: String {
        let start = "[dify-emulator \(call.model.model)] "
        if let last = call.promptMessages.last, last.role == "tool" { return start + "The tool says: " + excerpt(last) }
        guard let last = call.promptMessages.last(where: { $0.role == "user" }) ?? call.promptMessages.last else {
            return start + "The prompt is empty."
        }
        let attached = last.attachmentTypes
        let suffix = attached.isEmpty ? "" : " (with \(attached.joined(separator: ", ")))"
        return start + "You said: " + excerpt(last) + suffix
    }

    private func excerpt(_ message: PromptMessage) -> String {
        let text = message.text
        return text.count > 400 ? text.prefix(400) + "…" : text
    }

    /// Structured output is an object; a schema that says nothing about its type means one.
    private static func anObject(_ schema: JSONObject) -> JSONObject {
        let deciding = ["type", "anyOf", "oneOf", "allOf", "$ref", "enum", "const"]
        return deciding.contains { schema[$0] != nil } ? schema : schema.merging(["type": "object"])
    }

    // MARK: - Sending

    func events(of items: [FilledItem]) -> [ReplyStream.Scheduled] {
        var rendering = LLMRendering(call, pricing: model.pricing, identity: identity)
        for item in items where !rendering.append(item) { return rendering.events }
        return rendering.finished()
    }
}
