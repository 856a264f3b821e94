public import DifyProtocol

/// Swift code that answers a tool: it gets the call and yields messages. What it throws ends the answer with an error.
public typealias ToolReplyClosure = @Sendable (ToolCall, ToolReplyWriter) async throws -> Void

/// A call as a closure sees it.
public struct ToolCall: Sendable {
    /// The tool.
    public let tool: ToolIdentity
    /// The arguments, defaults filled in and cast to their declared types.
    public let parameters: JSONObject
    /// The workspace's name.
    public let workspace: String
}

/// What a closure sends its messages to.
public struct ToolReplyWriter: Sendable {
    let continuation: AsyncStream<ReplyEvent>.Continuation
    let messages: ClosureMessages

    /// How many messages may wait for a slow reader before ``send(_:)`` waits as well.
    static let capacity = 256

    /// Sends a message. Waits while the reader is far behind.
    ///
    /// - Throws: `CancellationError` when the reader has gone away, ``ToolFailure`` for a message that Dify refuses.
    public func send(_ message: ToolInvokeMessage) async throws {
        for event in try await messages.events(for: message) { try await deliver(event) }
    }

    /// Hands an event over, however long the reader takes.
    func deliver(_ event: ReplyEvent) async throws {
        while true {
            try Task.checkCancellation()
            switch continuation.yield(event) {
            case .enqueued: return
            case .terminated: throw CancellationError()
            // The buffer has no way to say when there is room again.
            case .dropped: try await Task.sleep(for: .milliseconds(1))
            @unknown default: return
            }
        }
    }

    /// Sends text.
    public func text(_ text: String) async throws { try await send(.text(text)) }

    /// Sends an object or a list.
    public func json(_ value: JSONValue) async throws { try await send(.json(value)) }
}

/// An error whose text the plugin sees, wrapped as Dify wraps an exception of a tool.
public struct ToolFailure: Error, Sendable, CustomStringConvertible {
    /// The text.
    public let description: String

    /// A failure with this text.
    public init(_ text: String) { description = text }
}
