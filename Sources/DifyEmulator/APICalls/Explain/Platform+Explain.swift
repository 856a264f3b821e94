public import DifyProtocol

extension Platform {
    /// Explains a call instead of answering it: the request that Dify would send for a custom tool, where each argument
    /// goes, and the traps on the way.
    ///
    /// Nothing is counted as used: the call may be made afterwards as if it had never been explained. For builtin and
    /// workflow tools, which are not called over HTTP, the explanation ends with the cast arguments.
    ///
    /// - Parameter workspace: Where the call takes place; nil for the workspace that is meant when none is named.
    public func explain(_ call: ToolInvocation, in workspace: Workspace? = nil) -> CallExplanation {
        CallExplainer(call: call, workspace: workspace ?? defaultWorkspace, options: options).explanation()
    }
}
