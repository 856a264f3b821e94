import DifyProtocol

/// `moderation`: whether a text should not be shown.
struct ModerationCall: SingleAnswerCall {
    private let call: ModerationInvocation
    private let model: CatalogModel
    private let flagged: [String]
    let facts: JSONObject

    init(_ call: ModerationInvocation, in context: CallContext) throws(FailedCall) {
        self.call = call
        model = try context.model(call.model, for: .moderation)
        flagged = context.catalog.state.flagged
        facts = [
            "provider": .string(call.model.provider), "model": .string(call.model.model), "text": .string(call.text),
        ]
    }

    var subject: CallSubject { .model(.moderation, model.identity) }
    var isSeeded: Bool { !flagged.isEmpty }
    var title: String { "moderation \(model.identity.provider) \(model.identity.model)" }
    var reply: ReplySequence? { model.reply }

    func derived() -> [FilledItem] {
        let text = call.text.lowercased()
        return [.part(.flagged, .bool(flagged.contains { text.contains($0.lowercased()) }))]
    }

    func data(of items: [FilledItem]) -> JSONObject { ["result": items.values(of: .flagged).last ?? false] }
}
