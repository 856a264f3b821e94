import DifyProtocol

/// `storage`: what a plugin keeps in its workspace. The daemon answers it, not the platform.
struct StorageCall: AnswerableCall {
    private let call: StorageInvocation
    private let context: CallContext
    let facts: JSONObject

    init(_ call: StorageInvocation, in context: CallContext) {
        self.call = call
        self.context = context
        facts = [
            "plugin": .string(context.caller.plugin), "opt": .string(call.operation.rawValue),
            "key": .string(call.key), "value": .string(call.value),
        ]
    }

    var subject: CallSubject { .platform(.storage) }
    var title: String { "storage \(call.operation.rawValue) \(call.key) of \(context.caller.plugin)" }

    func derived() throws(FailedCall) -> [FilledItem] {
        let answer = context.platform.answer(call, of: context.caller.plugin, in: context.workspace)
        switch answer.event {
        case .response(let data): return [FilledItem(.raw(data))]
        case .error(let failure): throw FailedCall(failure, notes: answer.notes)
        case .end: return []
        }
    }

    func events(of items: [FilledItem]) -> [ReplyStream.Scheduled] {
        items.map { item in
            switch item.content {
            case .raw(let data): .init(delay: item.delay, event: .response(data))
            case .error(let text): .error(failure(text), delay: item.delay)
            case .rawError(let text): .error(text, delay: item.delay)
            case .refuse(let refusal): .error(failure(refusal.message), delay: item.delay)
            case .part: .init(delay: item.delay, event: .end)
            }
        }
    }

    func failure(_ text: String) -> ReplyFailure { ReplyFailure(call.operation.failure(text)) }
}
