public import DifyProtocol

/// The events of an answer over time: each element holds the events that are due at one moment.
///
/// A transport writes an element in one go, because one write for each event costs more than the call itself.
public struct ReplyStream: AsyncSequence, Sendable {
    /// Events due together, in order.
    public typealias Element = [ReplyEvent]

    /// What is due, and how long to wait before it.
    struct Scheduled: Sendable {
        /// What becomes of the moment.
        enum Content: Sendable {
            case event(ReplyEvent)
            /// Events that are found out when they are due: a request goes over a network.
            case work(@Sendable () async -> [ReplyEvent])
        }

        let delay: Duration
        let content: Content
        /// Whether the event is what a seed spells out as it reaches the plugin, and not what the platform says.
        var isVerbatim = false

        init(delay: Duration, event: ReplyEvent, isVerbatim: Bool = false) {
            self.delay = delay
            self.isVerbatim = isVerbatim
            content = .event(event)
        }

        init(delay: Duration, work: @escaping @Sendable () async -> [ReplyEvent]) {
            self.delay = delay
            content = .work(work)
        }

        /// The event, where it is known.
        var event: ReplyEvent? {
            if case .event(let event) = content { event } else { nil }
        }
    }

    private enum Source: Sendable {
        case scheduled([Scheduled])
        case closure(ToolReplyClosure, ToolCall, ClosureMessages)
    }

    private let source: Source
    private let clock: any PlatformClock

    init(_ events: [Scheduled], clock: any PlatformClock) {
        source = .scheduled(events)
        self.clock = clock
    }

    init(_ closure: @escaping ToolReplyClosure, call: ToolCall, in context: CallContext) {
        source = .closure(closure, call, ClosureMessages(in: context))
        clock = context.options.clock
    }

    /// All events, when none has to be waited for.
    public var immediate: [ReplyEvent]? {
        guard case .scheduled(let scheduled) = source, scheduled.allSatisfy({ $0.delay <= .zero }) else { return nil }
        let events = scheduled.compactMap(\.event)
        return events.count == scheduled.count ? events : nil
    }

    /// The first event, where it is known before it is due.
    package var first: ReplyEvent? {
        guard case .scheduled(let scheduled) = source else { return nil }
        return scheduled.first?.event
    }

    /// Walks the events. Waits are cut short, with a `CancellationError`, when the task is cancelled.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var scheduled: ArraySlice<Scheduled>
        fileprivate var live: AsyncStream<ReplyEvent>.Iterator?
        fileprivate let clock: any PlatformClock

        public mutating func next() async throws -> [ReplyEvent]? {
            if live != nil { return await live?.next().map { [$0] } }
            guard let first = scheduled.popFirst() else { return nil }
            if first.delay > .zero { try await clock.sleep(for: first.delay) }
            guard case .event(let event) = first.content else { return try await result(of: first) }
            var due = [event]
            while let next = scheduled.first, next.delay <= .zero, let event = next.event {
                due.append(event)
                scheduled.removeFirst()
            }
            return due
        }

        /// What work that is due gives. An error ends the answer, so nothing but the end follows it.
        private mutating func result(of due: Scheduled) async throws -> [ReplyEvent] {
            guard case .work(let work) = due.content else { return [] }
            let events = await work()
            try Task.checkCancellation()
            if case .error? = events.last { scheduled = scheduled.suffix(1) }
            return events
        }
    }

    public func makeAsyncIterator() -> Iterator {
        switch source {
        case .scheduled(let events): Iterator(scheduled: events[...], live: nil, clock: clock)
        case .closure(let closure, let call, let messages):
            Iterator(scheduled: [], live: Self.run(closure, call, messages).makeAsyncIterator(), clock: clock)
        }
    }

    private static func run(
        _ closure: @escaping ToolReplyClosure, _ call: ToolCall, _ messages: ClosureMessages
    ) -> AsyncStream<ReplyEvent> {
        AsyncStream(bufferingPolicy: .bufferingOldest(ToolReplyWriter.capacity)) { continuation in
            let task = Task {
                let writer = ToolReplyWriter(continuation: continuation, messages: messages)
                do {
                    try await closure(call, writer)
                } catch {
                    try? await writer.deliver(.error(InvocationType.tool.failure(exception: "\(error)")))
                }
                try? await writer.deliver(.end)
                continuation.finish()
            }
            continuation.onTermination = { reason in
                if case .cancelled = reason { task.cancel() }
            }
        }
    }
}
