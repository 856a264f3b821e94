import DifyProtocol

/// The pieces of an answer, as they arrive.
///
/// Nothing is called before the first piece is asked for, and each walk is a call of its own. Throws
/// ``InvocationError`` where the SDK raises an exception; earlier pieces stand.
public struct Responses<Element: Sendable>: AsyncSequence, Sendable {
    let session: Session
    let invocation: Invocation
    /// Makes a piece of a response's data; nil for data that is passed over.
    let read: @Sendable (JSONValue) throws -> Element?

    /// Walks the pieces; the first step makes the call.
    public struct Iterator: AsyncIteratorProtocol {
        private let call: Responses<Element>
        private var stream: ReplyStream.Iterator?
        private var due: ArraySlice<ReplyEvent> = []
        private var isFinished = false

        fileprivate init(_ call: Responses<Element>) { self.call = call }

        public mutating func next() async throws -> Element? {
            while !isFinished {
                if let event = due.popFirst() {
                    if let element = try element(of: event) { return element }
                } else if let burst = try await nextBurst() {
                    due = burst[...]
                } else {
                    isFinished = true
                }
            }
            return nil
        }

        private mutating func nextBurst() async throws -> [ReplyEvent]? {
            if stream == nil {
                let session = call.session
                let answer = session.platform.answer(call.invocation, in: session.workspace, from: session.caller)
                stream = answer.events.makeAsyncIterator()
            }
            return try await stream?.next()
        }

        private mutating func element(of event: ReplyEvent) throws -> Element? {
            switch event {
            case .response(let data):
                do {
                    return try call.read(data)
                } catch {
                    isFinished = true
                    throw error
                }
            case .error(let failure):
                isFinished = true
                throw InvocationError(message: failure.text)
            case .end:
                isFinished = true
                return nil
            }
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// The first piece. Of calls with a single answer the SDK reads no more.
    ///
    /// - Throws: ``InvocationError`` with the given text when there is none.
    func first(orThrow missing: String) async throws -> Element {
        var iterator = makeAsyncIterator()
        guard let first = try await iterator.next() else { throw InvocationError(message: missing) }
        return first
    }
}
