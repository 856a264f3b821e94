public import DifyProtocol

/// What a text is for that is turned into a vector. Dify drops the word and always means a document.
public enum EmbeddingInputType: String, Sendable, Hashable, CaseIterable {
    case document
    case query
}

/// Calls of models that turn texts into vectors (`session.model.text_embedding`).
public struct TextEmbeddingInvocations: Sendable {
    let session: Session

    /// A vector for each text, in order.
    ///
    /// - Throws: ``InvocationError``.
    public func invoke(
        model: ModelReference, texts: [String], inputType: EmbeddingInputType = .query
    ) async throws -> EmbeddingResult {
        let call = TextEmbeddingInvocation(model: model, texts: texts, inputType: inputType.rawValue)
        return try await session.responses(to: call.invocation, as: EmbeddingResult.init(wire:))
            .first(orThrow: "No response from text embedding")
    }

    /// A vector for each text or image, in order.
    ///
    /// - Throws: ``InvocationError``.
    public func invokeMultimodal(
        model: ModelReference, documents: [MultimodalContent], inputType: EmbeddingInputType = .query
    ) async throws -> EmbeddingResult {
        let call = MultimodalEmbeddingInvocation(model: model, documents: documents, inputType: inputType.rawValue)
        return try await session.responses(to: call.invocation, as: EmbeddingResult.init(wire:))
            .first(orThrow: "No response from multimodal embedding")
    }
}

/// Calls of models that order documents (`session.model.rerank`).
public struct RerankInvocations: Sendable {
    let session: Session

    /// The documents that fit the query, best first.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - query: What the documents should fit.
    ///   - docs: The documents.
    ///   - scoreThreshold: The lowest score of what stays.
    ///   - topN: How many stay at most; nil for all.
    /// - Throws: ``InvocationError``.
    public func invoke(
        model: ModelReference, query: String, docs: [String], scoreThreshold: Double = 0, topN: Int? = nil
    ) async throws -> RerankResult {
        let call = RerankInvocation(
            model: model, query: query, docs: docs, scoreThreshold: scoreThreshold, topN: topN ?? docs.count)
        return try await session.responses(to: call.invocation, as: RerankResult.init(wire:))
            .first(orThrow: "No response from rerank")
    }

    /// The texts and images that fit the query, best first.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - query: What the documents should fit.
    ///   - docs: The documents.
    ///   - scoreThreshold: The lowest score of what stays.
    ///   - topN: How many stay at most; nil for all.
    /// - Throws: ``InvocationError``.
    public func invokeMultimodal(
        model: ModelReference, query: MultimodalContent, docs: [MultimodalContent], scoreThreshold: Double = 0,
        topN: Int? = nil
    ) async throws -> RerankResult {
        let call = MultimodalRerankInvocation(
            model: model, query: query, docs: docs, scoreThreshold: scoreThreshold, topN: topN ?? 0)
        return try await session.responses(to: call.invocation, as: RerankResult.init(wire:))
            .first(orThrow: "No response from multimodal rerank")
    }
}
