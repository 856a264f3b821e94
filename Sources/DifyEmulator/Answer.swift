/// The platform's answer to a reverse call.
public struct Answer: Sendable {
    /// What the emulator has to say about the call.
    public let diagnosis: Diagnosis
    /// What the plugin gets. It always ends with an `end` event.
    public let events: ReplyStream

    init(diagnosis: Diagnosis, events: ReplyStream) {
        self.diagnosis = diagnosis
        self.events = events
    }

    /// An answer of these events, and its end.
    init(_ events: [ReplyStream.Scheduled], _ diagnosis: Diagnosis, clock: any PlatformClock) {
        let end = ReplyStream.Scheduled(delay: .zero, event: .end)
        self.init(diagnosis: diagnosis, events: ReplyStream(events + [end], clock: clock))
    }
}
