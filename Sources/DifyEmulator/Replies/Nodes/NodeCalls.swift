import DifyProtocol

/// `node_parameter_extractor`: values of declared parameters out of a text.
struct ExtractorCall: SingleAnswerCall {
    private let call: ParameterExtractorInvocation
    private let model: CatalogModel
    private let identity: CallIdentity
    private let wrapsArrays: Bool
    private let profile: Profile
    let facts: JSONObject
    let notes: [String]

    init(_ call: ParameterExtractorInvocation, in context: CallContext) throws(FailedCall) {
        self.call = call
        let type = InvocationType.parameterExtractor
        if let name = ParameterExtraction.reservedName(in: call) {
            throw FailedCall(
                type, refusal: FailedLookup(refusal: .invalidParameter("\(name) is a reserved name"), notes: []))
        }
        model = try context.model(of: call.model, for: type)
        identity = context.identity()
        wrapsArrays = !context.answersUsefully
        profile = context.profile
        let types = Set(call.parameters.map(\.type))
        notes =
            context.notes(on: call.model)
            + (types.isDisjoint(with: ["boolean", "array[boolean]"]) ? [] : [context.note(.booleanParameter)])
            + (types.contains { $0.hasPrefix("array[") } ? [context.note(.arrayParameter)] : [])
        facts = [
            "provider": .string(call.model.provider), "model": .string(call.model.name),
            "query": .string(call.query), "instruction": .string(call.instruction),
            "parameters": .array(call.parameters.map { .string($0.name) }),
        ]
    }

    var subject: CallSubject { .model(.parameterExtractor, model.identity) }
    var title: String { "node_parameter_extractor by \(model.identity.provider) \(model.identity.model)" }

    func derived() -> [FilledItem] { [] }

    func data(of items: [FilledItem]) throws(FailedCall) -> JSONObject {
        if !items.values(of: .failed).isEmpty { throw FailedCall(NodeAnswer.failure(of: subject.type)) }
        let callID = "call_" + identity.id("function call").filter { $0 != "-" }
        let scripted = items.values(of: .outputs).compactMap(\.object)
        let found = scripted.isEmpty ? ParameterExtraction.values(in: call) : nil
        let usage = ModelUsage(
            promptTokens: TokenPieces.count(ParameterExtraction.promptText(of: call)),
            completionTokens: TokenPieces.count(ParameterExtraction.completionText(found)), pricing: model.pricing,
            latency: items.duration)
        guard !scripted.isEmpty else {
            let answer = ParameterExtraction.answer(
                call, found: found, usage: usage, callID: callID, wrapsArrays: wrapsArrays)
            return NodeAnswer.extraction(answer, of: profile)
        }
        let outputs = scripted.reduce(JSONObject()) { $0.merging($1) }
        let answer = ParameterExtraction.answer(call, scripted: outputs, usage: usage, callID: callID)
        return NodeAnswer.extraction(answer, of: profile)
    }

    func failure(exception text: String) -> ReplyFailure { NodeAnswer.failure(of: subject.type) }
}

/// `node_question_classifier`: the class that a text belongs to.
struct ClassifierCall: SingleAnswerCall {
    private let call: QuestionClassifierInvocation
    private let model: CatalogModel
    private let profile: Profile
    let facts: JSONObject
    let notes: [String]

    init(_ call: QuestionClassifierInvocation, in context: CallContext) throws(FailedCall) {
        self.call = call
        model = try context.model(of: call.model, for: .questionClassifier)
        profile = context.profile
        notes = context.notes(on: call.model)
        facts = [
            "provider": .string(call.model.provider), "model": .string(call.model.name),
            "query": .string(call.query), "instruction": .string(call.instruction),
            "classes": .array(call.classes.map { .string($0.name) }),
        ]
    }

    var subject: CallSubject { .model(.questionClassifier, model.identity) }
    var title: String { "node_question_classifier by \(model.identity.provider) \(model.identity.model)" }

    func derived() -> [FilledItem] { [] }

    func data(of items: [FilledItem]) throws(FailedCall) -> JSONObject {
        let failure = FailedCall(NodeAnswer.failure(of: subject.type))
        if !items.values(of: .failed).isEmpty { throw failure }
        let named = items.values(of: .chosenClass).last?.string
        // A class that is none of the call's is an answer that Dify cannot read: it takes the first one.
        let position =
            named.map { QuestionClassification.position(of: $0, in: call.classes) ?? 0 }
            ?? QuestionClassification.position(for: call)
        guard call.classes.indices.contains(position) else { throw failure }
        let completion = QuestionClassification.completionText(call.classes[position])
        let usage = ModelUsage(
            promptTokens: TokenPieces.count(QuestionClassification.promptText(of: call)),
            completionTokens: TokenPieces.count(completion), pricing: model.pricing, latency: items.duration)
        guard let answer = QuestionClassification.answer(call, position: position, usage: usage) else { throw failure }
        return NodeAnswer.classification(answer, of: profile)
    }

    func failure(exception text: String) -> ReplyFailure { NodeAnswer.failure(of: subject.type) }
}

extension CallContext {
    fileprivate func notes(on node: NodeModel) -> [String] {
        node.completionParams == nil ? [note(.completionParams)] : []
    }

    /// The model that a node names. A node whose model cannot be had fails inside, and its cause is lost.
    fileprivate func model(of node: NodeModel, for type: InvocationType) throws(FailedCall) -> CatalogModel {
        if node.completionParams == nil, !answersUsefully {
            throw FailedCall(type.failure(daemon: "data is nil"), notes: [note(.completionParams)])
        }
        do throws(FailedLookup) {
            return try catalog.models.model(node.reference, type: .llm)
        } catch {
            let cause = "the node fails with: \(error.refusal.message)"
            throw FailedCall(NodeAnswer.failure(of: type), notes: [cause] + error.notes)
        }
    }
}
