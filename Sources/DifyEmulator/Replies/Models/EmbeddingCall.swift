import DifyProtocol
import Foundation

/// `text_embedding` and `multimodal_embedding`: vectors for texts and images.
struct EmbeddingCall: SingleAnswerCall {
    /// What is embedded.
    private enum Document {
        case text(String)
        /// Base64.
        case image(String)
    }

    private let type: InvocationType
    private let model: CatalogModel
    private let documents: [Document]
    let facts: JSONObject
    let notes: [String]

    init(_ call: TextEmbeddingInvocation, in context: CallContext) throws(FailedCall) {
        type = .textEmbedding
        model = try context.model(call.model, for: type)
        documents = call.texts.map(Document.text)
        notes = []
        facts = [
            "provider": .string(call.model.provider), "model": .string(call.model.model),
            "texts": .array(call.texts.map(JSONValue.string)), "input_type": .string(call.inputType),
        ]
    }

    init(_ call: MultimodalEmbeddingInvocation, in context: CallContext) throws(FailedCall) {
        type = .multimodalEmbedding
        try context.requireMultimodal(type)
        model = try context.model(call.model, for: type)
        notes = [context.note(.multimodal)]
        documents = call.documents.map { $0.contentType == "image" ? .image($0.content) : .text($0.content) }
        facts = [
            "provider": .string(call.model.provider), "model": .string(call.model.model),
            "documents": .array(call.documents.map { .string($0.content) }), "input_type": .string(call.inputType),
        ]
    }

    var subject: CallSubject { .model(type, model.identity) }
    var title: String { "\(type.rawValue) \(model.identity.provider) \(model.identity.model)" }
    var reply: ReplySequence? { model.reply }

    /// Most numbers that one answer holds, some 40 MB as text.
    private static let largestAnswer = 2_000_000

    func derived() throws(FailedCall) -> [FilledItem] {
        guard documents.count <= Self.largestAnswer / model.dimension else {
            let text =
                "dify-emulator: \(documents.count) texts make more than \(Self.largestAnswer) numbers "
                + "of dimension \(model.dimension); embed them in several calls"
            throw FailedCall(type.failure(exception: text))
        }
        let vectors = documents.map { document -> JSONValue in
            let vector =
                switch document {
                case .text(let text): WordVector.vector(of: text, dimension: model.dimension)
                case .image(let base64):
                    WordVector.vector(
                        ofBytes: Data(base64Encoded: base64).map(Array.init) ?? Array(base64.utf8),
                        dimension: model.dimension)
                }
            return .array(vector.map { .number(JSONNumber($0)) })
        }
        return [.part(.embeddings, .array(vectors))]
    }

    func data(of items: [FilledItem]) throws(FailedCall) -> JSONObject {
        var vectors = items.values(of: .embeddings).last
        if vectors == nil, let one = items.values(of: .embedding).last {
            vectors = .array(documents.map { _ in one })
        }
        if vectors == nil { vectors = try derived()[0].value(of: .embeddings) }
        let tokens = documents.reduce(0) { sum, document in
            if case .text(let text) = document { sum + TokenPieces.count(text) } else { sum + 1 }
        }
        let usage = ModelUsage(
            promptTokens: tokens, completionTokens: 0, pricing: model.pricing, latency: items.duration)
        let given = items.values(of: .usage).compactMap(\.object).reduce(JSONObject()) { $0.merging($1) }
        return [
            "model": .string(model.identity.model), "embeddings": (vectors ?? []).asFloats,
            "usage": .object(usage.embedding().merging(given)),
        ]
    }
}

extension JSONValue {
    /// A number as scripts compare and templates show it: without a fraction when it has none.
    static func plainNumber(_ value: Double) -> JSONValue {
        value == value.rounded() && abs(value) < 1e15 ? .integer(Int(value)) : .number(JSONNumber(value))
    }

    /// The value with its numbers as Dify's models hold them where they want floats.
    var asFloats: JSONValue {
        switch self {
        case .number(let number): .number(JSONNumber(number.double))
        case .array(let elements): .array(elements.map(\.asFloats))
        case .null, .bool, .string, .object: self
        }
    }
}

extension CallContext {
    /// The model of a call with a single answer.
    func model(_ reference: ModelReference, for type: InvocationType) throws(FailedCall) -> CatalogModel {
        do throws(FailedLookup) {
            return try catalog.models.model(reference, type: type.modelType ?? .llm)
        } catch {
            throw FailedCall(type, exception: error)
        }
    }

    /// Dify 1.14.2 has no routes for multimodal calls.
    func requireMultimodal(_ type: InvocationType) throws(FailedCall) {
        guard answersUsefully else {
            let text = type.failure(daemon: "invalid character '<' looking for beginning of value")
            throw FailedCall(text, notes: [note(.multimodal)])
        }
    }
}
