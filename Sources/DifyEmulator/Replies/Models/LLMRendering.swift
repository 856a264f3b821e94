import DifyProtocol

/// Turns the parts of a language model's answer into the platform's chunks (graphon's `LLMResultChunk`).
///
/// Official providers send one chunk with whole tool calls after the text, then the usage, once; so does this.
struct LLMRendering {
    /// The events so far. Complete after ``finished()``, or when ``append(_:)`` has said that nothing follows.
    private(set) var events: [ReplyStream.Scheduled] = []
    private let call: LLMInvocation
    private let pricing: ModelPricing
    private let identity: CallIdentity
    private var index = 0
    private var text = ""
    private var contents: [JSONValue] = []
    private var toolCalls: [JSONValue] = []
    private var structured: JSONValue?
    private var usage: JSONObject = [:]
    private var finishReason: String?
    /// What a raw chunk stands for nobody knows, so nothing is added to such an answer.
    private var isRaw = false
    private var stopWords: StopWords
    /// Time since the last event, and since the start.
    private var wait = Duration.zero
    private var elapsed = Duration.zero

    init(_ call: LLMInvocation, pricing: ModelPricing, identity: CallIdentity) {
        self.call = call
        self.pricing = pricing
        self.identity = identity
        stopWords = StopWords(call.stop)
    }

    /// - Returns: Whether the answer goes on.
    mutating func append(_ item: FilledItem) -> Bool {
        wait += item.delay
        elapsed += item.delay
        switch item.content {
        case .part(let word, let value):
            append(word, value)
            return true
        case .raw(let data):
            isRaw = true
            send(.response(data), isVerbatim: true)
            return true
        case .error(let message):
            // Without streaming everything is refused before the answer starts.
            let failure =
                call.stream
                ? call.type.failure(exception: message)
                : call.type.failure(refusal: .invalidParameter(message))
            send(.error(failure))
            return false
        case .rawError(let message):
            send(.error(message))
            return false
        case .refuse(let refusal):
            send(.error(call.type.failure(refusal: refusal)))
            return false
        }
    }

    private mutating func append(_ word: ReplyWord, _ value: JSONValue) {
        switch word {
        case .text: append(text: value.templateText)
        case .content:
            deliver(stopWords.flush())
            let parts = (value.array ?? []).compactMap(\.object).map { JSONValue.object(LLMContent.part($0)) }
            contents += parts
            chunk(content: .array(parts))
        case .toolCalls:
            deliver(stopWords.flush())
            let calls = (value.array ?? []).enumerated().compactMap { toolCall($1, number: toolCalls.count + $0) }
            toolCalls += calls
            chunk(content: "", toolCalls: calls)
        case .structuredOutput: structured = value
        case .usage: usage = usage.merging(value.object ?? [:])
        case .finishReason: finishReason = value.templateText
        default: break
        }
    }

    private mutating func append(text piece: String) {
        let isGiven = piece.isEmpty && !stopWords.isStopped
        deliver(stopWords.pass(piece), evenIfEmpty: isGiven)
    }

    private mutating func deliver(_ piece: String, evenIfEmpty: Bool = false) {
        guard !piece.isEmpty || evenIfEmpty else { return }
        text += piece
        chunk(content: .string(piece))
    }

    /// A tool call, with arguments that fit the offered tool's schema where none are given.
    private func toolCall(_ value: JSONValue, number: Int) -> JSONValue? {
        guard let name = value.string ?? value["name"]?.string else { return nil }
        let arguments: String
        switch value["arguments"] {
        case .string(let text): arguments = text
        case .some(let value) where !value.isNull: arguments = value.description
        default:
            let tool = call.tools.first { $0.name == name }
            let schema = (tool?.parameters ?? [:]).merging(["type": "object"])
            arguments = SchemaValue.generate(.object(schema), key: identity.digest).description
        }
        let id = value["id"]?.string ?? "call_" + identity.id("tool call \(number) \(name)").filter { $0 != "-" }
        return [
            "id": .string(id), "type": "function",
            "function": ["name": .string(name), "arguments": .string(arguments)],
        ]
    }

    /// The whole answer, with what ends it.
    mutating func finished() -> [ReplyStream.Scheduled] {
        guard !isRaw else { return events }
        if call.structuredOutputSchema != nil, let given = structured, text.isEmpty {
            for piece in TokenPieces.pieces(of: given.description) { append(text: piece) }
        }
        deliver(stopWords.flush())
        let object: JSONObject?
        do {
            object = call.structuredOutputSchema == nil ? nil : try structuredOutput()
        } catch {
            if !call.stream { events = [] }
            _ = append(FilledItem(.error("Failed to parse structured output: \(text)")))
            return events
        }
        let reason = finishReason ?? (toolCalls.isEmpty ? "stop" : "tool_calls")
        guard call.stream else {
            sendWhole(object)
            return events
        }
        chunk(content: "", usage: .object(totalUsage), finishReason: .string(reason))
        if let object { send(.response(data(index: 0, content: "", structured: .object(object)))) }
        return events
    }

    /// What Dify makes of the text when an object is asked for: the object, or the first one of a list.
    private func structuredOutput() throws(FailedCall) -> JSONObject {
        if let structured = structured?.object { return structured }
        let value = try? JSONParser.parse(text)
        if let object = value?.object ?? value?.array?.lazy.compactMap(\.object).first { return object }
        throw FailedCall(text)
    }

    private var totalUsage: JSONObject {
        let prompt = call.promptMessages.reduce(0) { $0 + TokenPieces.count($1.text) }
        let offered = call.tools.reduce(0) { $0 + TokenPieces.count(JSONValue.object($1.parameters).description) }
        let called = toolCalls.reduce(0) { $0 + TokenPieces.count($1["function"]?.description ?? "") }
        var total = ModelUsage(
            promptTokens: prompt + offered, completionTokens: TokenPieces.count(text) + called, pricing: pricing,
            latency: elapsed.seconds)
        total.promptTokens = usage["prompt_tokens"]?.number?.integer ?? total.promptTokens
        total.completionTokens = usage["completion_tokens"]?.number?.integer ?? total.completionTokens
        return total.llm().merging(usage)
    }

    // MARK: - Chunks

    private mutating func chunk(
        content: JSONValue, toolCalls: [JSONValue] = [], usage: JSONValue = .null, finishReason: JSONValue = .null
    ) {
        guard call.stream else { return }
        let structured: JSONValue? = call.structuredOutputSchema == nil ? nil : .null
        send(
            .response(
                data(
                    index: index, content: content, toolCalls: toolCalls, usage: usage, finishReason: finishReason,
                    structured: structured)))
        index += 1
    }

    /// The one chunk of an answer that is not streamed: everything in it, the reason empty.
    private mutating func sendWhole(_ object: JSONObject?) {
        let texts: [JSONValue] =
            text.isEmpty ? [] : [["type": "text", "data": .string(text)]]
        let content: JSONValue = contents.isEmpty ? .string(text) : .array(texts + contents)
        send(
            .response(
                data(
                    index: 0, content: content, toolCalls: toolCalls, usage: .object(totalUsage), finishReason: "",
                    structured: object.map(JSONValue.object))))
    }

    private func data(
        index: Int, content: JSONValue, toolCalls: [JSONValue] = [], usage: JSONValue = .null,
        finishReason: JSONValue = .null, structured: JSONValue?
    ) -> JSONValue {
        let message: JSONValue = [
            "role": "assistant", "content": content, "name": .null, "tool_calls": .array(toolCalls),
        ]
        let chunk: JSONObject = [
            "model": .string(call.model.model), "prompt_messages": [], "system_fingerprint": .null,
            "delta": [
                "index": .integer(index), "message": message, "usage": usage, "finish_reason": finishReason,
            ],
        ]
        guard call.structuredOutputSchema != nil else { return .object(chunk) }
        // pydantic puts the fields of the second base class first.
        return .object(JSONObject([("structured_output", structured ?? .null)]).merging(chunk))
    }

    private mutating func send(_ event: ReplyEvent, isVerbatim: Bool = false) {
        events.append(.init(delay: wait, event: event, isVerbatim: isVerbatim))
        wait = .zero
    }
}

/// Parts of a message that is more than text.
enum LLMContent {
    private static let multiModal = ["format", "base64_data", "url", "mime_type", "filename"]

    /// A part as Dify writes it: the keys of its type, empty where the part has none. An image is of low detail unless
    /// it says otherwise.
    static func part(_ given: JSONObject) -> JSONObject {
        let type = given["type"]?.string ?? ""
        let keys = type == "text" ? ["data"] : multiModal
        var part: JSONObject = ["type": .string(type)]
        for key in keys { part[key] = given[key] ?? "" }
        guard type == "image" else { return part }
        let detail = given["detail"]?.string ?? ""
        part["detail"] = .string(detail.isEmpty ? "low" : detail)
        return part
    }
}
