import DifyProtocol

/// The journey of one tool call: resolve, prepare, check, choose an answer, render it.
struct ToolAnswering {
    let workspace: Workspace
    let options: Platform.Options
    private let catalog: Catalog

    init(workspace: Workspace, options: Platform.Options) {
        self.workspace = workspace
        self.options = options
        catalog = workspace.catalog
    }

    /// How an exception inside a tool's stream reaches the plugin.
    static func wrapped(_ text: String) -> String { "read tool response failed: request failed: \(text)" }

    func answer(_ call: ToolInvocation) -> Answer {
        let title = "\(call.kind?.rawValue ?? "mcp") tool \(call.provider) \(call.tool)"
        guard let kind = call.kind else {
            let text = "dify-emulator: mcp tools are not offered; builtin, workflow and api tools are"
            return scheduled([.init(delay: .zero, event: .error(text))], Diagnosis(call: title, source: .refusal))
        }
        guard let arguments = call.parameters else {
            return refused(Self.missingParameters, Diagnosis(call: title))
        }
        switch catalog.resolve(call, kind: kind) {
        case .failure(let failure):
            return refused(failure.refusal, Diagnosis(call: title, notes: failure.notes))
        case .success(let tool):
            do {
                let prepared = try ParameterPreparation.prepare(arguments, for: tool.parameters)
                return answer(tool, parameters: prepared, title: title)
            } catch {
                return refused(error, Diagnosis(call: title))
            }
        }
    }

    private func answer(_ tool: CatalogTool, parameters: JSONObject, title: String) -> Answer {
        var diagnosis = Diagnosis(call: title)
        var parameters = parameters
        var url = ""
        do {
            switch tool.identity.kind {
            case .builtin: break
            case .workflow: parameters = try WorkflowInputs.prepare(parameters, for: tool.parameters)
            case .api:
                if let operation = tool.operation {
                    url = try APICallCheck(operation: operation, arguments: parameters).url()
                }
            }
        } catch {
            diagnosis.source = .refusal
            return scheduled([.init(delay: .zero, event: .error(Self.wrapped(error.message)))], diagnosis)
        }
        let scripts = catalog.scripts(for: tool.identity)
        let matching = scripts.filter { $0.failures(for: parameters).isEmpty }
        if let (script, uses) = workspace.takeScript(from: matching) {
            diagnosis.source = .script(script.title)
            return answer(
                script.answer, number: uses, owner: "the sequence of script \"\(script.title)\"", url: url,
                parameters: parameters, diagnosis)
        }
        if let closure = workspace.closure(for: tool.identity) {
            diagnosis.source = .closure
            let call = ToolCall(tool: tool.identity, parameters: parameters, workspace: workspace.name)
            return Answer(diagnosis: diagnosis, events: ReplyStream(closure, call: call, clock: options.clock))
        }
        switch tool.answer {
        case .items(let answer):
            diagnosis.source = .reply
            let number = answer.isSequence ? workspace.countUse(of: "reply \(tool.identity)") : 0
            return self.answer(
                answer, number: number, owner: "the sequence of \(tool.identity)", url: url, parameters: parameters,
                diagnosis)
        case .computed(let compute):
            diagnosis.source = .reply
            var rendering = ReplyRendering(parameters: parameters, url: url)
            rendering.append(from: { () throws(StreamError) in try compute(parameters, options.clock.now) })
            return finished(rendering, diagnosis)
        case nil:
            return unanswered(tool, scripts, parameters, diagnosis)
        }
    }

    private func answer(
        _ answer: ToolAnswer, number: Int, owner: String, url: String, parameters: JSONObject, _ diagnosis: Diagnosis
    ) -> Answer {
        guard let items = answer.items(forCall: number) else {
            let text = "dify-emulator: \(owner) is used up after \(answer.lists.count) calls"
            return scheduled([.init(delay: .zero, event: .error(Self.wrapped(text)))], diagnosis)
        }
        if case .refuse(let refusal) = items.first?.content {
            return refused(refusal, diagnosis, delay: items.first?.delay ?? .zero)
        }
        var rendering = ReplyRendering(parameters: parameters, url: url)
        rendering.append(items)
        return finished(rendering, diagnosis)
    }

    private func finished(_ rendering: ReplyRendering, _ diagnosis: Diagnosis) -> Answer {
        var diagnosis = diagnosis
        diagnosis.notes += rendering.notes
        return scheduled(rendering.events, diagnosis)
    }

    private func scheduled(_ events: [ReplyStream.Scheduled], _ diagnosis: Diagnosis) -> Answer {
        let end = ReplyStream.Scheduled(delay: .zero, event: .end)
        return Answer(diagnosis: diagnosis, events: ReplyStream(events + [end], clock: options.clock))
    }

    private func refused(_ refusal: Refusal, _ diagnosis: Diagnosis, delay: Duration = .zero) -> Answer {
        var diagnosis = diagnosis
        if diagnosis.source == .none { diagnosis.source = .refusal }
        return scheduled([.init(delay: delay, event: .error(refusal.pluginMessage))], diagnosis)
    }

    /// What the platform says when the plugin sends no arguments at all.
    private static let missingParameters = Refusal.invalidParameter(
        """
        invalid payload: 1 validation error for RequestInvokeTool
        tool_parameters
          Input should be a valid dictionary [type=dict_type, input_value=None, input_type=NoneType]
            For further information visit https://errors.pydantic.dev/2.12/v/dict_type
        """)

    // MARK: - No answer

    private func unanswered(
        _ tool: CatalogTool, _ scripts: [Script], _ parameters: JSONObject, _ diagnosis: Diagnosis
    ) -> Answer {
        let shown = JSONValue.object(parameters).description
        var diagnosis = diagnosis
        if options.isLenient {
            diagnosis.source = .placeholder
            diagnosis.notes.append("the tool has no reply; give it one, or a script")
            let message = ToolInvokeMessage.text("[dify-emulator placeholder] \(tool.identity) with \(shown)")
            return scheduled([.init(delay: .zero, event: .response(message.wire))], diagnosis)
        }
        let nearest = scripts.min { $0.failures(for: parameters).count < $1.failures(for: parameters).count }
        let near = nearest.map { "; nearest " + reason($0, parameters) } ?? ""
        let text = "dify-emulator: no reply for \(tool.identity) with \(shown)\(near)"
        diagnosis.notes.append(
            "give the tool a \"reply\" in the seed, or a script; --lenient answers with a placeholder")
        return scheduled([.init(delay: .zero, event: .error(Self.wrapped(text)))], diagnosis)
    }

    /// Why a script did not answer.
    private func reason(_ script: Script, _ parameters: JSONObject) -> String {
        let failures = script.failures(for: parameters)
        guard failures.isEmpty else {
            return "script \"\(script.title)\": "
                + failures.map { $0.complaint(about: parameters) }.joined(separator: ", ")
        }
        return
            "script \"\(script.title)\" matched but is used up (\(workspace.uses(of: script)) of \(script.times ?? 0))"
    }
}
