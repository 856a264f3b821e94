/// Calls of models, named as in the SDK (`session.model`).
///
/// A call names a model that the workspace has under `models`; only ``summary`` takes the workspace's default one.
public struct ModelInvocations: Sendable {
    let session: Session

    /// Language models.
    public var llm: LLMInvocations { LLMInvocations(session: session) }
    /// Language models that answer with an object.
    public var llmStructuredOutput: LLMStructuredOutputInvocations { LLMStructuredOutputInvocations(session: session) }
    /// Models that turn texts into vectors.
    public var textEmbedding: TextEmbeddingInvocations { TextEmbeddingInvocations(session: session) }
    /// Models that order documents.
    public var rerank: RerankInvocations { RerankInvocations(session: session) }
    /// Models that speak.
    public var tts: TTSInvocations { TTSInvocations(session: session) }
    /// Models that listen (`speech2text` in the SDK).
    public var speechToText: SpeechToTextInvocations { SpeechToTextInvocations(session: session) }
    /// Models that flag texts.
    public var moderation: ModerationInvocations { ModerationInvocations(session: session) }
    /// The workspace's default language model, asked for a summary.
    public var summary: SummaryInvocations { SummaryInvocations(session: session) }
}
