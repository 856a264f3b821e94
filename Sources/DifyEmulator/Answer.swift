/// The platform's answer to a reverse call.
public struct Answer: Sendable {
    /// What the emulator has to say about the call.
    public let diagnosis: Diagnosis
    /// What the plugin gets. It always ends with an `end` event.
    public let events: ReplyStream
}
