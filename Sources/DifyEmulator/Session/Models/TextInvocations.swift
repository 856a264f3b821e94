public import DifyProtocol

/// Calls of models that flag texts (`session.model.moderation`).
public struct ModerationInvocations: Sendable {
    let session: Session

    /// Whether the model flags a text.
    ///
    /// - Throws: ``InvocationError``.
    public func invoke(model: ModelReference, text: String) async throws -> Bool {
        let call = ModerationInvocation(model: model, text: text)
        return try await session.responses(to: call.invocation) { $0["result"]?.bool }
            .first(orThrow: "No response from moderation")
    }
}

/// Calls of the workspace's default language model for a summary (`session.model.summary`).
public struct SummaryInvocations: Sendable {
    let session: Session

    /// A summary of a text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - instruction: What to keep in mind.
    ///   - minimumLength: A text of fewer characters comes back as it is, without a call.
    /// - Throws: ``InvocationError``.
    public func invoke(text: String, instruction: String, minimumLength: Int = 1024) async throws -> String {
        // Python counts code points.
        guard text.unicodeScalars.count >= minimumLength else { return text }
        let call = SummaryInvocation(text: text, instruction: instruction)
        return try await session.responses(to: call.invocation) { $0["summary"]?.string }
            .first(orThrow: "No response from summary")
    }
}
