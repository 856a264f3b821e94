import DifyProtocol

/// `app`: a run of an app, whichever method of the SDK asks for it.
struct AppCall: AnswerableCall {
    private let call: AppInvocation
    private let installed: InstalledApp
    private let inputs: JSONObject
    private let context: CallContext
    private let thread: ConversationThread
    private let identity: CallIdentity
    let facts: JSONObject
    private let template: TemplateContext

    /// - Throws: ``FailedCall`` with Dify's text for an unknown app, a query or an input that is missing or wrong, and
    ///   a conversation that cannot be continued.
    init(_ call: AppInvocation, in context: CallContext) throws(FailedCall) {
        self.call = call
        self.context = context
        let installed = try Self.installedApp(for: call, in: context)
        let app = installed.app
        self.installed = installed
        identity = context.identity()
        // Dify looks for the conversation before it checks the inputs.
        let identity = identity
        do throws(UnknownConversation) {
            thread = try ConversationThread(of: call, with: app, identity: identity, in: context)
        } catch {
            let refusal = FailedLookup(refusal: UnknownConversation.refusal, notes: [error.reason])
            throw FailedCall(.app, refusal: refusal)
        }
        inputs = try Self.checked(Self.notes(on: call.inputs, in: context)) { () throws(Refusal) in
            try AppInputs.prepare(
                call.inputs, for: app, profile: context.profile, quirks: context.options.quirks
            ) { id in
                context.platform.uploadedFile(id, in: context.workspace)
            }
        }
        facts = [
            "app": .string(app.name), "query": .string(call.query), "inputs": .object(inputs),
            "response_mode": .string(call.responseMode), "conversation_id": .string(call.conversationID),
            "turn": .integer(thread.turn),
        ]
        template = TemplateContext(parameters: facts)
    }

    /// The app, if it can be asked like this at all.
    private static func installedApp(
        for call: AppInvocation, in context: CallContext
    ) throws(FailedCall) -> InstalledApp {
        try checked { () throws(Refusal) in try AppAdmission.check(responseMode: call.responseMode) }
        let installed: InstalledApp
        do throws(FailedLookup) {
            installed = try context.catalog.app(call.appID)
        } catch {
            throw FailedCall(.app, refusal: error)
        }
        let notes = installed.app.mode == .completion ? [context.note(.completionApp)] : []
        try checked(notes) { () throws(Refusal) in
            try AppAdmission.check(
                installed.app, query: call.query, responseMode: call.responseMode, quirks: context.options.quirks)
        }
        return installed
    }

    private static func checked<Value>(
        _ notes: [String] = [], _ check: () throws(Refusal) -> Value
    ) throws(FailedCall) -> Value {
        do throws(Refusal) {
            return try check()
        } catch {
            throw FailedCall(.app, refusal: FailedLookup(refusal: error, notes: notes))
        }
    }

    private var app: CatalogApp { installed.app }
    private var isStreaming: Bool { call.responseMode == "streaming" }

    var subject: CallSubject { .app(.app, app.id) }
    var title: String { "app \(app.name) (\(app.mode.rawValue))" }
    var reply: ReplySequence? { installed.reply }
    var notes: [String] {
        thread.notes + (app.mode == .completion ? [context.note(.completionApp)] : [])
            + Self.notes(on: inputs, in: context)
    }

    private static func notes(on inputs: JSONObject, in context: CallContext) -> [String] {
        inputs.contains { $0.value["transfer_method"] == "local_file" } ? [context.note(.localFile)] : []
    }

    var entryTemplate: TemplateContext? { template }

    /// Words that the app's mode does not know would be dropped.
    func complaints(about reply: ReplySequence) -> [String] { reply.wordsThatDoNotFit(app.mode) }

    func derived() -> [FilledItem] {
        let said = call.query.isEmpty ? JSONValue.object(inputs).description : call.query
        let turn = thread.turn > 1 ? ", turn \(thread.turn)" : ""
        let text = "[dify-emulator \(app.name)\(turn)] You said: \(said.count > 400 ? said.prefix(400) + "…" : said)"
        return TokenPieces.pieces(of: text).map { .part(.text, .string($0)) }
    }

    // MARK: - Sending

    func events(of items: [FilledItem]) -> [ReplyStream.Scheduled] {
        let breakOff = items.firstIndex { $0.breaksOff }
        let parts = items[..<(breakOff ?? items.endIndex)].compactMap(\.timedPart)
        let run = run(answering: parts)
        // A call that fails before anything was said leaves no trace.
        if breakOff == nil || !parts.isEmpty {
            thread.keep(query: call.query, answer: parts.answerText, messageID: run.messageID)
        }
        guard let breakOff else { return isStreaming ? stream(run, parts) : [blocking(run, parts)] }
        let failure = ReplyStream.Scheduled.error(items[breakOff].failure, delay: items[breakOff].delay)
        return isStreaming ? stream(run, parts, isCut: true) + [failure] : [failure]
    }

    private func stream(_ run: AppRun, _ parts: [TimedPart], isCut: Bool = false) -> [ReplyStream.Scheduled] {
        guard !(isCut && parts.isEmpty) else { return [] }
        if parts.allSatisfy({ $0.part.raw != nil }) {
            return parts.map { .response($0.part.raw ?? [:], delay: $0.delay, isVerbatim: true) }
        }
        let events = AppStream.events(of: run, parts: parts)
        let closing: Set<JSONValue> = ["message_end", "workflow_finished"]
        let isVerbatim = parts.allSatisfy(\.part.isVerbatim)
        let sent = isCut && !isVerbatim ? events.filter { !closing.contains($0.event["event"] ?? .null) } : events
        return sent.map { .response($0.event, delay: $0.delay) }
    }

    private func blocking(_ run: AppRun, _ parts: [TimedPart]) -> ReplyStream.Scheduled {
        let answer = AppBlockingAnswer(of: run, parts: parts)
        switch answer.result {
        case .success(let data): return .response(data, delay: answer.delay)
        case .failure(let refusal): return .error(InvocationType.app.failure(refusal: refusal), delay: answer.delay)
        }
    }

    private func run(answering parts: [TimedPart]) -> AppRun {
        let model = context.catalog.models.defaultModel(.llm)
        let usage = ModelUsage(
            promptTokens: TokenPieces.count(call.query) + TokenPieces.count(JSONValue.object(inputs).description),
            completionTokens: TokenPieces.count(parts.answerText), pricing: model?.pricing ?? ModelPricing(),
            latency: parts.reduce(Duration.zero) { $0 + $1.delay }.seconds)
        let workflowID = ProviderUUID(seed: context.catalog.seed, "workflow of app", app.id.description)
        return AppRun(
            app: installed.app(filledBy: template), inputs: inputs, query: call.query,
            taskID: identity.id("task"),
            messageID: identity.id("message"), conversationID: thread.id, workflowRunID: identity.id("workflow run"),
            workflowID: workflowID.description, user: thread.user, startedAt: context.now, turn: thread.turn,
            usage: usage.platform(), model: model?.identity,
            profile: context.profile, id: { [identity] in identity.id($0) })
    }
}

extension FilledItem {
    /// Whether nothing of the app comes after this.
    fileprivate var breaksOff: Bool {
        switch content {
        case .rawError, .refuse: true
        case .part, .raw, .error: false
        }
    }

    fileprivate var failure: ReplyFailure {
        switch content {
        case .rawError(let text): ReplyFailure(text)
        case .refuse(let refusal): InvocationType.app.failure(refusal: refusal)
        case .part, .raw, .error: ReplyFailure("")
        }
    }

    /// The item as a part of an app's answer; nil for what is none.
    fileprivate var timedPart: TimedPart? {
        switch content {
        case .part(let word, let value): AppPart(word, value).map { TimedPart(delay: delay, part: $0) }
        case .raw(let data): data.object.map { TimedPart(delay: delay, part: .raw($0)) }
        case .error(let text): TimedPart(delay: delay, part: .error(.valueError(text)))
        case .rawError, .refuse: nil
        }
    }
}

extension [TimedPart] {
    /// What the user reads in the end.
    fileprivate var answerText: String {
        var answer = ""
        for timed in self {
            switch timed.part {
            case .text(let text): answer += text
            case .replace(let text): answer = text
            default: break
            }
        }
        return answer
    }
}
