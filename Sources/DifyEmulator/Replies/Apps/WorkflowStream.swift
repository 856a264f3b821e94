import DifyProtocol

/// The stream of a chatflow or a workflow: the run, its nodes one after the other, the text while it is written.
struct WorkflowStream {
    let run: AppRun
    let plan: NodePlan
    private(set) var list = AppEventList()
    private(set) var metadata: MessageMetadata
    /// The text that has streamed.
    private(set) var text = ""
    /// The outputs that the reply gives; nil for none.
    private(set) var outputs: JSONObject?
    private(set) var files: [AppFile] = []
    private var replacement: String?
    /// The execution of the node that speaks.
    private var speaking: NodeExecution?
    private var steps = 0

    private init(_ run: AppRun) {
        self.run = run
        plan = NodePlan(run.app)
        metadata = MessageMetadata(usage: plan.hasModel ? run.usage : MessageMetadata.nothing)
    }

    static func events(of run: AppRun, parts: [TimedPart]) -> AppEventList {
        var stream = WorkflowStream(run)
        stream.start()
        for timed in parts where !stream.append(timed) { return stream.list }
        stream.finish()
        return stream.list
    }

    private var isChatflow: Bool { run.app.mode == .advancedChat }

    // MARK: - The way through the nodes

    private mutating func start() {
        let data: JSONObject = [
            "id": .string(run.workflowRunID), "workflow_id": .string(run.workflowID),
            "inputs": .object(run.startVariables), "created_at": .integer(run.startedAt), "reason": "initial",
        ]
        send("workflow_started", data)
        for index in 0..<plan.speaker { pass(index) }
        speaking = begin(plan.speaker)
    }

    /// A node that begins and ends at once.
    private mutating func pass(_ index: Int) {
        let node = plan.nodes[index]
        guard !node.isContainer else {
            steps += 1
            for event in ContainerEvents(node: node).events(of: run, at: list.elapsed) { list.send(event) }
            return
        }
        let execution = begin(index)
        end(execution, outcome(of: index))
    }

    private mutating func begin(_ index: Int) -> NodeExecution {
        steps += 1
        let execution = NodeExecution(
            node: plan.nodes[index], id: run.id("node \(index + 1) \(plan.nodes[index].id)"), began: list.elapsed)
        send("node_started", execution.started(in: run))
        return execution
    }

    private mutating func end(_ execution: NodeExecution, _ outcome: NodeExecution.Outcome) {
        send("node_finished", execution.finished(outcome, at: list.elapsed, in: run))
    }

    private mutating func send(_ event: String, _ data: JSONObject) {
        list.send(run.event(event, ["data": .object(data)]))
    }

    // MARK: - While the speaker runs

    /// - Returns: Whether the stream goes on.
    private mutating func append(_ timed: TimedPart) -> Bool {
        list.wait(timed.delay)
        switch timed.part {
        case .text(let text):
            self.text += text
            chunk(text, of: plan.selector)
        case .outputs(let members): outputs = (outputs ?? [:]).merging(members)
        case .file(let members): files.append(AppFile(members, id: run.id("file \(files.count + 1)")))
        case .replace(let text): replacement = text
        case .retrieverResources(let resources): metadata.add(resources: resources)
        case .usage(let usage): metadata.add(usage: usage)
        case .events, .raw: list.send(verbatim: timed.part, of: run)
        case .failed(let text):
            fail(text)
            // A workflow says only how the run ended.
            if isChatflow { list.send(run.error(.valueError("Run failed: \(text)"))) }
            return false
        case .error(let error):
            if isChatflow { fail(error.message) }
            list.send(run.error(error))
            return false
        case .thought: break
        }
        return true
    }

    private mutating func chunk(_ text: String, of selector: JSONValue) {
        if isChatflow {
            list.send(run.event("message", ["answer": .string(text), "from_variable_selector": selector]))
        } else {
            send("text_chunk", ["text": .string(text), "from_variable_selector": selector])
        }
    }

    private mutating func fail(_ error: String) {
        if let speaking {
            let inputs = NodeResults(stream: self).inputs(of: speaking.node)
            end(speaking, NodeExecution.Outcome(inputs: inputs, error: error))
        }
        send("workflow_finished", finished(outputs: [:], error: error))
    }

    // MARK: - The end

    private mutating func finish() {
        closeText()
        if let speaking { end(speaking, outcome(of: plan.speaker)) }
        for index in plan.nodes.indices.dropFirst(plan.speaker + 1) { pass(index) }
        let endsMessageFirst = run.profile.has(.chatflowEndOrder)
        if isChatflow, endsMessageFirst { endMessage() }
        send("workflow_finished", finished(outputs: NodeResults(stream: self).finalOutputs, error: nil))
        if isChatflow, !endsMessageFirst { endMessage() }
    }

    /// A streamed variable closes with an empty chunk. Where nothing streamed, an answer still has a text, and the
    /// variables of a workflow's end follow each as one chunk, a line feed of the end's own between them.
    private mutating func closeText() {
        if isChatflow, text.isEmpty, let answer = outputs?["answer"]?.string {
            text = answer
            chunk(answer, of: plan.selector)
        }
        if plan.hasModel, isChatflow || !text.isEmpty { chunk("", of: plan.selector) }
        guard !isChatflow, text.isEmpty else { return }
        for (index, output) in NodeResults(stream: self).finalOutputs.enumerated() {
            guard !output.value.isNull else { return }
            if index > 0 { chunk("\n", of: [.string(plan.nodes[plan.terminal].id), "answer"]) }
            let selector: JSONValue = [.string(plan.source(of: output.key).id), .string(output.key)]
            chunk(OutputText.markdown(output.value), of: selector)
        }
    }

    private mutating func endMessage() {
        if let replacement {
            list.send(run.replacement(replacement, reason: "output_moderation"))
        }
        list.send(run.end(metadata, files: .array(files.map(\.variable))))
    }

    private func outcome(of index: Int) -> NodeExecution.Outcome { NodeResults(stream: self).outcome(of: index) }

    private func finished(outputs: JSONObject, error: String?) -> JSONObject {
        let tokens = error == nil ? metadata.usage["total_tokens"] ?? 0 : 0
        return [
            "id": .string(run.workflowRunID), "workflow_id": .string(run.workflowID),
            "status": error == nil ? "succeeded" : "failed", "outputs": .object(outputs),
            "error": error.map(JSONValue.string) ?? .null, "elapsed_time": list.elapsed.elapsedTime,
            "total_tokens": tokens, "total_steps": .integer(steps),
            "created_by": ["id": .string(run.user.id), "user": .string(run.user.session)],
            "created_at": .integer(run.startedAt), "finished_at": run.second(after: list.elapsed),
            "exceptions_count": 0, "files": .array(FileVariable.files(in: outputs)),
        ]
    }
}
