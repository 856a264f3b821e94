public import DifyProtocol

/// The events of an answer over time: each element holds the events that are due at one moment.
///
/// A transport writes an element in one go, because one write for each event costs more than the call itself.
public struct ReplyStream: AsyncSequence, Sendable {
    /// Events due together, in order.
    public typealias Element = [ReplyEvent]

    /// An event and how long to wait before it.
    struct Scheduled: Sendable {
        let delay: Duration
        let event: ReplyEvent
    }

    private enum Source: Sendable {
        case scheduled([Scheduled])
        case closure(ToolReplyClosure, ToolCall)
    }

    private let source: Source
    private let clock: any PlatformClock

    init(_ events: [Scheduled], clock: any PlatformClock) {
        source = .scheduled(events)
        self.clock = clock
    }

    init(_ closure: @escaping ToolReplyClosure, call: ToolCall, clock: any PlatformClock) {
        source = .closure(closure, call)
        self.clock = clock
    }

    /// All events, when none has to be waited for.
    public var immediate: [ReplyEvent]? {
        guard case .scheduled(let events) = source, events.allSatisfy({ $0.delay <= .zero }) else { return nil }
        return events.map(\.event)
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
            var due = [first.event]
            while let next = scheduled.first, next.delay <= .zero {
                due.append(next.event)
                scheduled.removeFirst()
            }
            return due
        }
    }

    public func makeAsyncIterator() -> Iterator {
        switch source {
        case .scheduled(let events): Iterator(scheduled: events[...], live: nil, clock: clock)
        case .closure(let closure, let call):
            Iterator(scheduled: [], live: Self.run(closure, call).makeAsyncIterator(), clock: clock)
        }
    }

    private static func run(_ closure: @escaping ToolReplyClosure, _ call: ToolCall) -> AsyncStream<ReplyEvent> {
        AsyncStream(bufferingPolicy: .bufferingOldest(ToolReplyWriter.capacity)) { continuation in
            let task = Task {
                let writer = ToolReplyWriter(continuation: continuation)
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
