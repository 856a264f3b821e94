import DifyProtocol

/// The journey of a call of anything but a tool: choose a script, the entry's reply or the derived answer, and send it.
struct CallAnswering {
    let context: CallContext

    private var workspace: Workspace { context.workspace }

    func answer(_ call: CheckedInvocation) -> Answer {
        do {
            return try answer(admitted(call))
        } catch {
            return failed(error, Diagnosis(call: call.title, source: .refusal))
        }
    }

    /// The call, checked and looked up as the platform does.
    private func admitted(_ call: CheckedInvocation) throws(FailedCall) -> any AnswerableCall {
        switch call {
        case .llm(let call): try LLMCall(call, in: context)
        case .textEmbedding(let call): try EmbeddingCall(call, in: context)
        case .multimodalEmbedding(let call): try EmbeddingCall(call, in: context)
        case .rerank(let call): try RerankCall(call, in: context)
        case .multimodalRerank(let call): try RerankCall(call, in: context)
        case .tts(let call): try SpeechCall(call, in: context)
        case .speechToText(let call): try TranscriptCall(call, in: context)
        case .moderation(let call): try ModerationCall(call, in: context)
        case .systemSummary(let call): try SummaryCall(call, in: context)
        case .app(let call): try AppCall(call, in: context)
        case .fetchApp(let call): try AppParametersCall(call, in: context)
        case .parameterExtractor(let call): try ExtractorCall(call, in: context)
        case .questionClassifier(let call): try ClassifierCall(call, in: context)
        case .storage(let call): StorageCall(call, in: context)
        case .uploadFile(let call): UploadCall(call, in: context)
        case .tool: throw FailedCall("dify-emulator: a call of a tool is answered elsewhere")
        }
    }

    private func answer(_ call: any AnswerableCall) -> Answer {
        var diagnosis = Diagnosis(call: call.title, notes: call.notes)
        let facts = call.facts
        let template = call.entryTemplate ?? TemplateContext(parameters: facts)
        let scripts = context.catalog.scripts(for: call.subject)
        let matching = scripts.filter { $0.failures(for: facts).isEmpty }
        if let (script, uses) = workspace.takeScript(from: matching) {
            diagnosis.source = .script(script.title)
            return written(script.entry.answer, uses, "script \"\(script.title)\"", call, template, diagnosis)
        }
        if let reply = call.reply {
            diagnosis.source = .reply
            let number = reply.isSequence ? workspace.countUse(of: "reply \(call.subject.counter)") : 0
            return written(reply, number, call.title, call, template, diagnosis)
        }
        // Worth telling only where the answer is made up: elsewhere scripts are meant for the exceptions.
        let isMadeUp = call.subject.isMadeUp && !call.isSeeded
        let near = isMadeUp ? workspace.nearest(of: scripts, to: facts) : nil
        if let near { diagnosis.notes.append("no script matches; nearest \(near)") }
        if context.options.isStrictForAll, isMadeUp {
            diagnosis.notes.append("the platform is strict about all calls: give this one a \"reply\" or a script")
            let suffix = near.map { "; nearest \($0)" } ?? ""
            return failed(FailedCall(call.failure("dify-emulator: no reply for \(call.title)\(suffix)")), diagnosis)
        }
        diagnosis.source = call.subject.isMadeUp ? .derived : .platform
        do {
            return finished(call, try call.derived(), template, diagnosis)
        } catch {
            return failed(error, diagnosis)
        }
    }

    /// An answer that a seed spells out.
    private func written(
        _ reply: ReplySequence, _ number: Int, _ owner: String, _ call: any AnswerableCall,
        _ template: TemplateContext, _ diagnosis: Diagnosis
    ) -> Answer {
        guard let items = reply.items(forCall: number) else {
            return failed(FailedCall(call.failure(reply.usedUp(by: owner))), diagnosis)
        }
        // An answer of nothing is what the seed asks for: only the end is sent.
        guard !items.isEmpty else { return ended([], diagnosis) }
        var diagnosis = diagnosis
        diagnosis.notes += call.complaints(about: reply)
        return finished(call, items.compactMap { $0.filled(template) }, template, diagnosis)
    }

    private func finished(
        _ call: any AnswerableCall, _ items: [FilledItem], _ template: TemplateContext, _ diagnosis: Diagnosis
    ) -> Answer {
        var diagnosis = diagnosis
        let events = call.events(of: items)
        diagnosis.notes += template.missingNames.map { "the template {{\($0)}} stands for nothing in this call" }
        return ended(events, diagnosis)
    }

    private func ended(_ events: [ReplyStream.Scheduled], _ diagnosis: Diagnosis) -> Answer {
        let type = context.invocation.type
        let sent = context.speaksToDaemon ? events : events.map { $0.passedOn(answering: type) }
        return Answer(sent, diagnosis, clock: context.options.clock)
    }

    private func failed(_ failure: FailedCall, _ diagnosis: Diagnosis) -> Answer {
        var diagnosis = diagnosis
        diagnosis.notes += failure.notes
        return ended([.error(failure.failure)], diagnosis)
    }
}

extension CallSubject {
    /// The name under which uses of a sequence are counted.
    fileprivate var counter: String {
        switch self {
        case .tool(let tool): tool.description
        // One sequence serves all types of calls that the model answers.
        case .model(_, let model): model.description
        case .app(let type, let id): "\(type.rawValue) \(id)"
        case .platform(let type): type.rawValue
        }
    }

    /// Whether an answer without a reply is made up; storage, files and the parameters of apps are what they are.
    fileprivate var isMadeUp: Bool {
        switch type {
        case .storage, .uploadFile, .fetchApp: false
        default: true
        }
    }
}
