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
        return ToolMessages(session: session, invocation: call.invocation, read: ToolInvokeMessage.init(wire:))
    }
}

/// The messages of a tool's answer, as they arrive.
///
/// Throws ``InvocationError`` where the SDK raises an exception; earlier messages stand.
public typealias ToolMessages = Responses<ToolInvokeMessage>
