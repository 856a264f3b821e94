public import DifyProtocol

/// Calls of tools, named as in the SDK (`session.tool`).
///
/// Nothing is called before the first message is asked for, and each walk over the result is a call of its own.
public struct ToolInvocations: Sendable {
    let session: Session

    /// Calls a tool of an installed plugin.
    ///
    /// - Parameters:
    ///   - provider: `author/plugin/provider`, or a bare name that Dify expands.
    ///   - toolName: The tool's name.
    ///   - parameters: The arguments.
    public func invokeBuiltinTool(
        provider: String, toolName: String, parameters: JSONObject = [:]
    ) -> ToolMessages { invoke(.builtin, provider: provider, toolName: toolName, parameters: parameters) }

    /// Calls a workflow published as a tool.
    ///
    /// - Parameters:
    ///   - provider: The provider's UUID.
    ///   - toolName: Any name; Dify does not compare it, but refuses an empty one.
    ///   - parameters: The inputs.
    public func invokeWorkflowTool(
        provider: String, toolName: String, parameters: JSONObject = [:]
    ) -> ToolMessages { invoke(.workflow, provider: provider, toolName: toolName, parameters: parameters) }

    /// Calls a custom tool.
    ///
    /// - Parameters:
    ///   - provider: The provider's UUID.
    ///   - toolName: The `operationId`, or the name that Dify makes of path and method.
    ///   - parameters: The arguments.
    public func invokeAPITool(
        provider: String, toolName: String, parameters: JSONObject = [:]
    ) -> ToolMessages { invoke(.api, provider: provider, toolName: toolName, parameters: parameters) }

    /// Calls a tool.
    ///
    /// - Parameter credentialID: Which stored credential to use; nil for the provider's default one.
    public func invoke(
        _ kind: ToolKind, provider: String, toolName: String, parameters: JSONObject = [:],
        credentialID: String? = nil
    ) -> ToolMessages {
        let call = ToolInvocation(
            kind: kind, provider: provider, tool: toolName, parameters: parameters, credentialID: credentialID ?? "")
        return ToolMessages(session: session, invocation: call.invocation)
    }
}

/// The messages of a tool's answer, as they arrive.
///
/// Throws ``InvocationError`` where the SDK raises an exception; earlier messages stand.
public struct ToolMessages: AsyncSequence, Sendable {
    /// A message.
    public typealias Element = ToolInvokeMessage

    let session: Session
    let invocation: Invocation

    /// Walks the messages; the first step makes the call.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let session: Session
        fileprivate let invocation: Invocation
        private var stream: ReplyStream.Iterator?
        private var due: ArraySlice<ReplyEvent> = []
        private var isFinished = false

        fileprivate init(session: Session, invocation: Invocation) {
            self.session = session
            self.invocation = invocation
        }

        public mutating func next() async throws -> ToolInvokeMessage? {
            while !isFinished {
                if let event = due.popFirst() {
                    if let message = try message(of: event) { return message }
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
                stream = session.platform.answer(invocation, in: session.workspace).events.makeAsyncIterator()
            }
            return try await stream?.next()
        }

        private mutating func message(of event: ReplyEvent) throws -> ToolInvokeMessage? {
            switch event {
            case .response(let data): return ToolInvokeMessage(wire: data)
            case .error(let text):
                isFinished = true
                throw InvocationError(message: text)
            case .end:
                isFinished = true
                return nil
            }
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(session: session, invocation: invocation) }
}
