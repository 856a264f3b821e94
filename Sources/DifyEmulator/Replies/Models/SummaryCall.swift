import DifyProtocol

/// `system_summary`: a text made shorter by the workspace's default language model.
struct SummaryCall: SingleAnswerCall {
    private let call: SummaryInvocation
    private let model: CatalogModel
    let facts: JSONObject

    /// Most characters of the derived summary.
    private static let limit = 400

    init(_ call: SummaryInvocation, in context: CallContext) throws(FailedCall) {
        self.call = call
        guard let model = context.catalog.models.defaultModel(.llm) else {
            throw FailedCall(
                InvocationType.systemSummary.failure(exception: "Default model not found for llm"),
                notes: ["the workspace has no model of type llm; `models` in the seed adds one"])
        }
        self.model = model
        facts = ["text": .string(call.text), "instruction": .string(call.instruction)]
    }

    var subject: CallSubject { .platform(.systemSummary) }
    var title: String { "system_summary by \(model.identity.provider) \(model.identity.model)" }

    func derived() -> [FilledItem] {
        [.part(.text, .string(FirstSentences.summary(of: call.text, limit: Self.limit)))]
    }

    func data(of items: [FilledItem]) -> JSONObject { ["summary": .string(items.text(of: .text))] }
}
