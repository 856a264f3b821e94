/// The platform as plugin code sees it: `session.tool` and, in later versions, its sisters.
public struct Session: Sendable {
    let platform: Platform
    /// The workspace whose tools are called.
    public let workspace: Workspace

    /// Calls of tools.
    public var tool: ToolInvocations { ToolInvocations(session: self) }
}

/// A call that failed, before or in the middle of its answer, with the text that a plugin's exception would have.
public struct InvocationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text.
    public let message: String

    public var description: String { message }
}
