public import DifyProtocol

/// The pieces of spoken audio, as they arrive.
public typealias AudioPieces = Responses<[UInt8]>

/// Calls of models that speak (`session.model.tts`).
public struct TTSInvocations: Sendable {
    let session: Session

    /// Speaks a text.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - voice: The voice, which may not be empty.
    ///   - text: What to say.
    public func invoke(model: ModelReference, voice: String, text: String) -> AudioPieces {
        let call = TTSInvocation(model: model, text: text, voice: voice)
        return session.responses(to: call.invocation) { data in
            data["result"]?.string.flatMap { try? HexText.decode($0) }
        }
    }
}

/// Calls of models that listen (`session.model.speech2text`).
public struct SpeechToTextInvocations: Sendable {
    let session: Session

    /// What is said in an audio file.
    ///
    /// - Throws: ``InvocationError``.
    public func invoke(model: ModelReference, audio: some Collection<UInt8>) async throws -> String {
        let call = SpeechToTextInvocation(model: model, file: HexText.encode(audio))
        return try await session.responses(to: call.invocation) { $0["result"]?.string }
            .first(orThrow: "No response from speech2text")
    }
}
