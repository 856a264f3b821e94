import DifyProtocol

/// The stream of an agent that calls functions (`FunctionCallAgentRunner`): in each round what it thinks, says and
/// does, then what the message took.
struct AgentStream {
    private let run: AppRun
    private var list = AppEventList()
    private var metadata: MessageMetadata
    private var files: [AppFile] = []
    private var round: Round?
    private var rounds = 0

    /// A round that has begun.
    private struct Round {
        let id: String
        let position: Int
        /// What the agent has said.
        var said = ""
        /// What it thought and did, once it has called a tool.
        var thought: AgentThought?
        /// The files that the tool made.
        var fileIDs: [JSONValue] = []
    }

    private init(_ run: AppRun) {
        self.run = run
        metadata = MessageMetadata(usage: run.usage)
    }

    static func events(of run: AppRun, parts: [TimedPart]) -> AppEventList {
        var stream = AgentStream(run)
        for timed in parts where !stream.append(timed) { return stream.list }
        stream.finish()
        return stream.list
    }

    /// - Returns: Whether the stream goes on.
    private mutating func append(_ timed: TimedPart) -> Bool {
        if case .file = timed.part {} else { closeCall() }
        list.wait(timed.delay)
        switch timed.part {
        case .text(let text): say(text)
        case .thought(let thought): think(thought)
        case .file(let members): send(members)
        case .replace(let text): list.send(run.replacement(text))
        case .retrieverResources(let resources): metadata.add(resources: resources)
        case .usage(let usage): metadata.add(usage: usage)
        case .events, .raw: list.send(verbatim: timed.part, of: run)
        case .failed(let text):
            list.send(run.error(.valueError(text)))
            return false
        case .error(let error):
            list.send(run.error(error))
            return false
        case .outputs: break
        }
        return true
    }

    // MARK: - A round

    /// The round that goes on, or a new one, which begins with an empty thought.
    private mutating func currentRound() -> Round {
        if let round { return round }
        rounds += 1
        let new = Round(id: run.id("thought \(rounds)"), position: rounds)
        round = new
        sendThought(of: new)
        return new
    }

    private mutating func say(_ text: String) {
        var current = currentRound()
        current.said += text
        round = current
        list.send(run.event("agent_message", ["answer": .string(text)]))
    }

    /// Ends what the agent says, which is what it thinks. Without a tool the round is over, with one the call begins.
    private mutating func think(_ thought: AgentThought) {
        if currentRound().said.isEmpty, let text = thought.thought, !text.isEmpty { say(text) }
        say("")
        var current = currentRound()
        current.thought = thought
        sendThought(of: current)
        round = thought.tool.isEmpty ? nil : current
        for file in thought.files { send(file) }
    }

    private mutating func send(_ members: JSONObject) {
        let file = AppFile(members, id: run.id("file \(files.count + 1)"))
        files.append(file)
        round?.fileIDs.append(.string(file.id))
        list.send(run.event("message_file", file.event))
    }

    /// Ends a round in which a tool was called: the thought once more, with what the tool answered.
    private mutating func closeCall() {
        guard let current = round, current.thought != nil else { return }
        sendThought(of: current, isObserved: true)
        round = nil
    }

    /// Dify sends the whole thought each time.
    private mutating func sendThought(of round: Round, isObserved: Bool = false) {
        let thought = round.thought
        let own: JSONObject = [
            "id": .string(round.id), "position": .integer(round.position),
            "thought": .string(thought.map { $0.thought ?? round.said } ?? ""),
            "observation": .string(isObserved ? thought?.observationText ?? "" : ""),
            "tool": .string(thought?.tool ?? ""), "tool_labels": .object(thought?.toolLabels ?? [:]),
            "tool_input": .string(thought?.toolInputText ?? ""),
            "message_files": .array(isObserved ? round.fileIDs : []),
        ]
        list.send(run.event("agent_thought", own))
    }

    // MARK: - The end

    private mutating func finish() {
        closeCall()
        if round != nil || rounds == 0 { think(AgentThought([:])) }
        list.send(run.end(metadata, files: files.isEmpty ? .null : .array(files.map(\.message))))
    }
}
