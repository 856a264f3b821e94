import DifyProtocol

/// The journey of one tool call: resolve, prepare, check, choose an answer, render it.
struct ToolAnswering {
    let context: CallContext

    private var workspace: Workspace { context.workspace }
    private var options: Platform.Options { context.options }
    private var catalog: Catalog { context.catalog }

    func answer(_ call: ToolInvocation) -> Answer {
        let title = CheckedInvocation.tool(call).title
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
                return refused(error.refusal, Diagnosis(call: title, notes: error.notes))
            }
        }
    }

    private func answer(_ tool: CatalogTool, parameters: JSONObject, title: String) -> Answer {
        do {
            let run = try ToolRun(tool, parameters: parameters, in: context)
            return checked(run, Diagnosis(call: title, notes: run.notes))
        } catch {
            return failed(error.message, Diagnosis(call: title, source: .refusal))
        }
    }

    /// Sets a custom tool's request against the API's own document, where the workspace asks for that.
    private func checked(_ run: ToolRun, _ diagnosis: Diagnosis) -> Answer {
        guard let operation = run.tool.operation, let request = run.request, operation.settings.validation != .off
        else { return answer(run, diagnosis) }
        let violations = operation.violations(of: request).map(\.description)
        var diagnosis = diagnosis
        diagnosis.notes += violations.map { "the API would reject this call: \($0)" }
        guard let first = violations.first, operation.settings.validation == .refuse else {
            return answer(run, diagnosis)
        }
        let others = violations.count > 1 ? " (and \(violations.count - 1) more)" : ""
        diagnosis.source = .refusal
        return failed("dify-emulator: the API would reject this call: \(first)\(others)", diagnosis)
    }

    /// Chooses what answers: a script, a closure, the tool's own reply, the API itself, its document, or nobody.
    private func answer(_ run: ToolRun, _ diagnosis: Diagnosis) -> Answer {
        var diagnosis = diagnosis
        let identity = run.tool.identity
        let scripts = catalog.scripts(for: .tool(identity))
        let matching = scripts.filter { $0.failures(for: run.parameters).isEmpty }
        if let (script, uses) = workspace.takeScript(from: matching) {
            diagnosis.source = .script(script.title)
            return answer(run, script.entry.answer, number: uses, of: "script \"\(script.title)\"", diagnosis)
        }
        if let closure = workspace.closure(for: identity) {
            diagnosis.source = .closure
            let call = ToolCall(tool: identity, parameters: run.parameters, workspace: workspace.name)
            return Answer(diagnosis: diagnosis, events: ReplyStream(closure, call: call, in: context))
        }
        diagnosis.source = .reply
        switch run.tool.answer {
        case .items(let answer):
            let number = answer.isSequence ? workspace.countUse(of: "reply \(identity)") : 0
            return self.answer(run, answer, number: number, of: identity.description, diagnosis)
        case .computed(let compute):
            var rendering = ToolRendering(run, in: context)
            rendering.append(from: { () throws(StreamError) in try compute(run.parameters, options.clock.now) })
            return finished(rendering, diagnosis)
        case nil:
            guard let operation = run.tool.operation, let request = run.request else {
                return unanswered(run, scripts, diagnosis)
            }
            if operation.settings.isLive { return live(run, request, diagnosis) }
            if operation.settings.generates { return generated(run, operation, diagnosis) }
            return unanswered(run, scripts, diagnosis)
        }
    }

    /// Sends the request, and answers with what the API says.
    private func live(_ run: ToolRun, _ request: APIRequest, _ diagnosis: Diagnosis) -> Answer {
        var diagnosis = diagnosis
        diagnosis.source = .live(request.wire.url)
        let context = context
        let work = ReplyStream.Scheduled(delay: .zero) {
            var rendering = ToolRendering(run, in: context)
            let result = await context.options.live.answer(to: request, profile: context.profile)
            rendering.append(from: { () throws(StreamError) in try result.get() })
            return rendering.events.compactMap(\.event)
        }
        return scheduled([work], diagnosis)
    }

    /// Makes a response of the API up from its document.
    private func generated(_ run: ToolRun, _ operation: APIOperation, _ diagnosis: Diagnosis) -> Answer {
        let response = operation.generatedResponse(seed: catalog.seed)
        var diagnosis = diagnosis
        diagnosis.source = .generated
        diagnosis.notes += response.notes
        var rendering = ToolRendering(run, in: context)
        rendering.append(from: { () throws(StreamError) in
            try response.response.messages(url: run.url, profile: context.profile)
        })
        return finished(rendering, diagnosis)
    }

    private func answer(
        _ run: ToolRun, _ answer: ReplySequence, number: Int, of owner: String, _ diagnosis: Diagnosis
    ) -> Answer {
        guard let items = answer.items(forCall: number) else {
            return failed(answer.usedUp(by: owner), diagnosis)
        }
        if let first = items.first, case .refuse(let refusal) = first.content {
            return refused(refusal, diagnosis, delay: first.delay)
        }
        var rendering = ToolRendering(run, in: context)
        rendering.append(items)
        return finished(rendering, diagnosis)
    }

    /// An exception inside the stream, before any message.
    private func failed(_ text: String, _ diagnosis: Diagnosis) -> Answer {
        scheduled([.init(delay: .zero, event: .error(InvocationType.tool.failure(exception: text)))], diagnosis)
    }

    private func finished(_ rendering: ToolRendering, _ diagnosis: Diagnosis) -> Answer {
        var diagnosis = diagnosis
        diagnosis.notes += rendering.notes
        return scheduled(rendering.events, diagnosis)
    }

    private func scheduled(_ events: [ReplyStream.Scheduled], _ diagnosis: Diagnosis) -> Answer {
        Answer(events, diagnosis, clock: options.clock)
    }

    private func refused(_ refusal: Refusal, _ diagnosis: Diagnosis, delay: Duration = .zero) -> Answer {
        var diagnosis = diagnosis
        if diagnosis.source == .none { diagnosis.source = .refusal }
        return scheduled([.init(delay: delay, event: .error(InvocationType.tool.failure(refusal: refusal)))], diagnosis)
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

    private func unanswered(_ run: ToolRun, _ scripts: [Script], _ diagnosis: Diagnosis) -> Answer {
        let (tool, parameters) = (run.tool.identity, run.parameters)
        let shown = JSONValue.object(parameters).description
        var diagnosis = diagnosis
        if options.isLenient {
            diagnosis.source = .placeholder
            diagnosis.notes.append("the tool has no reply; give it one, or a script")
            let message = ToolInvokeMessage.text("[dify-emulator placeholder] \(tool) with \(shown)")
            return scheduled([.init(delay: .zero, event: .response(message.wire))], diagnosis)
        }
        diagnosis.source = .none
        diagnosis.notes.append(
            "give the tool a \"reply\" in the seed, or a script; --lenient answers with a placeholder")
        let near = workspace.nearest(of: scripts, to: parameters).map { "; nearest \($0)" } ?? ""
        return failed("dify-emulator: no reply for \(tool) with \(shown)\(near)", diagnosis)
    }
}
