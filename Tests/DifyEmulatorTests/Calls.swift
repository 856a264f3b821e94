import DifyEmulator
import DifyProtocol

/// What a plugin gets from a call of any type.
struct CallOutcome: Sendable, Equatable {
    var data: [JSONValue] = []
    var error: String?
    /// Whether the last event was the end.
    var isEnded = false
}

extension Platform {
    /// Makes a call and waits for its whole answer.
    func call(
        _ type: InvocationType, _ request: JSONObject, in workspace: Workspace? = nil, from caller: Caller? = nil
    ) async throws -> CallOutcome {
        let answer = answer(
            Invocation(type: type, request: request), in: workspace ?? defaultWorkspace, from: caller)
        var outcome = CallOutcome()
        for try await event in answer.events.flatMap({ AsyncList($0) }) {
            outcome.isEnded = event == .end
            switch event {
            case .response(let data): outcome.data.append(data)
            case .error(let failure): outcome.error = failure.text
            case .end: break
            }
        }
        return outcome
    }
}

/// A list as an asynchronous sequence.
private struct AsyncList<Element: Sendable>: AsyncSequence, AsyncIteratorProtocol, Sendable {
    private var elements: ArraySlice<Element>

    init(_ elements: [Element]) { self.elements = elements[...] }

    mutating func next() async -> Element? { elements.popFirst() }

    func makeAsyncIterator() -> Self { self }
}

/// One request for each type of call, which a workspace of ``Requests/seed`` answers.
enum Requests {
    static let seed = """
        workspace: everything
        seed: 7
        caller: {plugin: acme/desk, user: ann}
        users: [{session: ann, name: Ann}]
        models:
          - {provider: acme/quokka/quokka, model: mini, type: llm, default: true, pricing: {input: "0.15", output: "0.6"}}
          - {provider: acme/quokka/quokka, model: embed, type: text-embedding, dimension: 8}
          - {provider: acme/quokka/quokka, model: rank, type: rerank}
          - {provider: acme/quokka/quokka, model: voice, type: tts}
          - {provider: acme/quokka/quokka, model: ear, type: speech2text}
          - {provider: acme/quokka/quokka, model: guard, type: moderation}
        apps:
          - {id: 1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30, name: Desk, mode: advanced-chat, nodes: [classify]}
          - {id: 1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c31, name: Agent, mode: agent-chat, reply: [{text: Hello}]}
          - {id: 1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c32, name: Triage, mode: workflow, reply: [{outputs: {label: bug}}]}
        moderation: {flagged: [secret]}
        transcripts: {b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78: good morning}
        storage:
          acme/desk: {cursor: "42", logo: {base64: iVBORw0=}}
        files: [{name: note.txt, mime_type: text/plain, text: hello, user: ann}]
        conversations:
          - {id: 2f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30, app: Desk, user: ann, messages: [{query: Hi, answer: Hello}]}
        """

    private static let model: JSONObject = ["provider": "acme/quokka/quokka"]
    private static let prompt: JSONValue = [["role": "user", "content": "Which animal smiles?"]]
    private static let node: JSONValue = [
        "provider": "acme/quokka/quokka", "name": "mini", "mode": "chat", "completion_params": [:],
    ]

    static let all: [(InvocationType, JSONObject)] = [
        (.llm, model.merging(["model": "mini", "mode": "chat", "prompt_messages": prompt, "stream": true])),
        (
            .llmStructuredOutput,
            model.merging([
                "model": "mini", "mode": "chat", "prompt_messages": prompt, "stream": true,
                "structured_output_schema": ["type": "object", "properties": ["legs": ["type": "integer"]]],
            ])
        ),
        (.textEmbedding, model.merging(["model": "embed", "texts": ["a small marsupial"], "input_type": "query"])),
        (
            .multimodalEmbedding,
            model.merging([
                "model": "embed", "documents": [["content": "iVBORw0=", "content_type": "image"]],
                "input_type": "query",
            ])
        ),
        (.rerank, model.merging(["model": "rank", "docs": ["numbats", "quokkas"], "query": "quokkas"])),
        (
            .multimodalRerank,
            model.merging([
                "model": "rank", "query": ["content": "quokkas", "content_type": "text"],
                "docs": [["content": "quokkas", "content_type": "text"]],
            ])
        ),
        (.tts, model.merging(["model": "voice", "voice": "calm", "content_text": "Good morning."])),
        (.speechToText, model.merging(["model": "ear", "file": "616263"])),
        (.moderation, model.merging(["model": "guard", "text": "a Secret"])),
        (
            .parameterExtractor,
            [
                "parameters": [["name": "town", "type": "string", "required": true]], "model": node,
                "query": "town: Perth", "instruction": "",
            ]
        ),
        (
            .questionClassifier,
            [
                "classes": [["id": "1", "name": "refund"], ["id": "2", "name": "delivery"]], "model": node,
                "query": "Where is my delivery?", "instruction": "",
            ]
        ),
        (
            .app,
            [
                "app_id": "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30", "query": "Hi", "inputs": [:],
                "response_mode": "streaming",
            ]
        ),
        (.fetchApp, ["app_id": "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"]),
        (.storage, ["opt": "get", "key": "cursor"]),
        (.uploadFile, ["filename": "a.txt", "mimetype": "text/plain"]),
        (.systemSummary, ["text": "One sentence. Another one.", "instruction": ""]),
    ]

    /// A platform with ``seed`` on a clock that starts at the same moment each time.
    static func platform(_ change: (inout Platform.Options) -> Void = { _ in }) throws -> Platform {
        var options = Platform.Options()
        options.clock = VirtualClock()
        change(&options)
        return try Platform(seeds: [.text(seed, name: "everything.yaml")], options: options)
    }
}
