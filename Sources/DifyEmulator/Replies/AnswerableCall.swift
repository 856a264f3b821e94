import DifyProtocol

/// A call of a model, an app, a node or the platform itself that is checked and looked up: Dify would answer it.
protocol AnswerableCall {
    /// What scripts and the diagnosis go by.
    var subject: CallSubject { get }
    /// The call in one line.
    var title: String { get }
    /// What scripts may ask about.
    var facts: JSONObject { get }
    /// The reply that stands with the catalogue's entry.
    var reply: ReplySequence? { get }
    /// What there is to say about the call, whatever answers it.
    var notes: [String] { get }
    /// Whether the derived answer is what the seed says, and not made up.
    var isSeeded: Bool { get }

    /// What templates of the entry itself refer to; nil for an entry without any.
    var entryTemplate: TemplateContext? { get }

    /// What there is to say about a reply to this call that its author may not expect.
    func complaints(about reply: ReplySequence) -> [String]

    /// How an exception before anything was said reaches the plugin.
    func failure(_ text: String) -> ReplyFailure

    /// The answer that follows from the call alone.
    ///
    /// - Throws: ``FailedCall`` where Dify fails too.
    func derived() throws(FailedCall) -> [FilledItem]

    /// An answer as the platform gives it, without the end. Keeps what the workspace must remember of it.
    func events(of items: [FilledItem]) -> [ReplyStream.Scheduled]
}

extension AnswerableCall {
    var reply: ReplySequence? { nil }
    var notes: [String] { [] }
    var isSeeded: Bool { false }

    var entryTemplate: TemplateContext? { nil }

    func complaints(about reply: ReplySequence) -> [String] { [] }

    func failure(_ text: String) -> ReplyFailure { subject.type.failure(exception: text) }
}

/// A call that fails before anything answers it.
struct FailedCall: Error {
    let failure: ReplyFailure
    let notes: [String]

    init(_ failure: ReplyFailure, notes: [String] = []) {
        self.failure = failure
        self.notes = notes
    }

    /// A failure with a text that reaches the plugin as it stands.
    init(_ text: String, notes: [String] = []) { self.init(ReplyFailure(text), notes: notes) }

    /// A lookup that failed inside the platform.
    init(_ type: InvocationType, exception lookup: FailedLookup) {
        self.init(type.failure(exception: lookup.refusal.message), notes: lookup.notes)
    }

    /// A lookup that failed before the answer started.
    init(_ type: InvocationType, refusal lookup: FailedLookup) {
        // The daemon loses the cause of calls with one answer; the diagnosis keeps it.
        let cause = type.isStreaming ? [] : ["Dify refuses the call with: \(lookup.refusal.message)"]
        self.init(type.failure(refusal: lookup.refusal), notes: cause + lookup.notes)
    }
}

extension ReplyStream.Scheduled {
    static func response(_ data: JSONObject, delay: Duration = .zero, isVerbatim: Bool = false) -> Self {
        Self(delay: delay, event: .response(.object(data)), isVerbatim: isVerbatim)
    }

    static func error(_ failure: ReplyFailure, delay: Duration = .zero) -> Self {
        Self(delay: delay, event: .error(failure))
    }

    static func error(_ text: String, delay: Duration = .zero) -> Self { error(ReplyFailure(text), delay: delay) }

    /// What the daemon makes of it.
    func passedOn(answering type: InvocationType) -> Self {
        guard !isVerbatim, let event else { return self }
        return Self(delay: delay, event: DaemonForm.event(event, answering: type))
    }
}
