public import DifyProtocol

/// What a model is for: `type` in a seed, `model_type` on the wire.
public enum ModelType: String, Sendable, Hashable, CaseIterable {
    case llm
    case textEmbedding = "text-embedding"
    case rerank
    case tts
    case speechToText = "speech2text"
    case moderation
}

/// What identifies a model within a workspace.
public struct ModelIdentity: Sendable, Hashable, CustomStringConvertible {
    /// `author/plugin/provider`.
    public let provider: String
    /// The model's name.
    public let model: String
    /// What it is for. A provider may have two models of one name and different types.
    public let type: ModelType

    public var description: String { "\(type.rawValue) model \(provider) \(model)" }
}

/// A model that is set up in a workspace.
public struct CatalogModel: Sendable {
    /// Which model this is.
    public let identity: ModelIdentity
    /// For embeddings: how many components a vector has.
    public let dimension: Int
    /// Whether this is what the workspace takes when no model of its type is named.
    public let isDefault: Bool
    /// Whether an llm calls the first tool that it is offered, until the prompt holds a tool's result.
    public let callsTools: Bool
    /// What tokens cost.
    let pricing: ModelPricing
    /// The canned answer; nil for one that follows from the call.
    let reply: ReplySequence?

    /// Whether a reply is written down for the model.
    public var hasReply: Bool { reply != nil }

    /// The dimension of embeddings when a seed names none.
    static let defaultDimension = 64
}

/// The models of a workspace.
struct ModelCatalog: Sendable {
    /// In the order of the seed.
    let all: [CatalogModel]
    private let byIdentity: [ModelIdentity: CatalogModel]
    private let providers: Set<String>

    init(_ models: [CatalogModel]) {
        all = models
        byIdentity = Dictionary(models.map { ($0.identity, $0) }, uniquingKeysWith: { _, last in last })
        providers = Set(models.map(\.identity.provider))
    }

    /// The model that a call names, looked up as Dify's `ModelManager` does.
    ///
    /// - Throws: ``FailedLookup`` with Dify's text: an unknown provider, or a model that is not set up.
    func model(_ reference: ModelReference, type: ModelType) throws(FailedLookup) -> CatalogModel {
        let key: String
        do {
            key = try ModelProviderID.lookUpKey(reference.provider)
        } catch {
            throw FailedLookup(refusal: error, notes: notes(onProvider: reference.provider))
        }
        guard providers.contains(key) else {
            throw FailedLookup(
                refusal: .invalidParameter("Provider \(reference.provider) does not exist."),
                notes: notes(onProvider: key))
        }
        let identity = ModelIdentity(provider: key, model: reference.model, type: type)
        guard let model = byIdentity[identity] else {
            throw FailedLookup(
                refusal: .invalidParameter("Model \(reference.model) credentials is not initialized."),
                notes: notes(onModel: identity))
        }
        return model
    }

    /// What the workspace takes for a type when no model is named: the one marked so, else the first.
    func defaultModel(_ type: ModelType) -> CatalogModel? {
        let candidates = all.filter { $0.identity.type == type }
        return candidates.first(where: \.isDefault) ?? candidates.first
    }

    private func notes(onProvider given: String) -> [String] {
        let nearest = Nearest.matches(given, in: providers)
        if !nearest.isEmpty { return ["nearest model providers: " + nearest.joined(separator: ", ")] }
        if all.isEmpty { return ["the workspace has no models; `models` in the seed adds one"] }
        return ["the workspace's model providers: \(providers.sorted().joined(separator: ", "))"]
    }

    private func notes(onModel identity: ModelIdentity) -> [String] {
        let provided = all.map(\.identity).filter { $0.provider == identity.provider }
        if let other = provided.first(where: { $0.model == identity.model }) {
            return ["\(other.model) is of type \(other.type.rawValue) here, not \(identity.type.rawValue)"]
        }
        let names = provided.filter { $0.type == identity.type }.map(\.model)
        let nearest = Nearest.matches(identity.model, in: names)
        if !nearest.isEmpty { return ["nearest models: " + nearest.joined(separator: ", ")] }
        let shown = names.prefix(8).joined(separator: ", ")
        let type = identity.type.rawValue
        return [names.isEmpty ? "\(identity.provider) has no \(type) model here" : "its \(type) models here: \(shown)"]
    }
}

extension InvocationType {
    /// The type of model that answers a call of this type; nil for calls without one.
    var modelType: ModelType? {
        switch self {
        case .llm, .llmStructuredOutput, .parameterExtractor, .questionClassifier, .systemSummary: .llm
        case .textEmbedding, .multimodalEmbedding: .textEmbedding
        case .rerank, .multimodalRerank: .rerank
        case .tts: .tts
        case .speechToText: .speechToText
        case .moderation: .moderation
        case .tool, .app, .fetchApp, .storage, .uploadFile: nil
        }
    }
}
