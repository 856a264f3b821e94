import DifyProtocol

/// The platform as plugin code sees it: `session.tool`, `session.model` and their sisters, named as in the SDK.
///
/// ```swift
/// let session = platform.session()
/// let model = ModelReference(provider: "langgenius/openai/openai", model: "gpt-4o-mini")
/// for try await chunk in session.model.llm.invoke(model: model, prompt: [.user("Hello")]) {
///     print(chunk.text, terminator: "")
/// }
/// ```
public struct Session: Sendable {
    let platform: Platform
    /// The workspace that is called.
    public let workspace: Workspace
    /// Who calls; nil for whom the workspace names.
    public let caller: Caller?

    /// Calls of tools.
    public var tool: ToolInvocations { ToolInvocations(session: self) }
    /// Calls of models.
    public var model: ModelInvocations { ModelInvocations(session: self) }
    /// Calls of apps.
    public var app: AppInvocations { AppInvocations(session: self) }
    /// Calls of single nodes of workflows.
    public var workflowNode: WorkflowNodeInvocations { WorkflowNodeInvocations(session: self) }
    /// What the plugin keeps in the workspace.
    public var storage: StorageInvocations { StorageInvocations(session: self) }
    /// Files that the plugin puts into the workspace.
    public var file: FileInvocations { FileInvocations(session: self) }

    /// A call whose responses must be what the SDK's classes can read.
    func responses<Element: Sendable>(
        to invocation: Invocation, as read: @escaping @Sendable (JSONValue) -> Element?
    ) -> Responses<Element> {
        Responses(session: self, invocation: invocation) { data in
            // Behind the colon the SDK goes on with pydantic's findings, which say less than the data do.
            guard let element = read(data) else {
                throw InvocationError(message: "Failed to parse response: \(data)")
            }
            return element
        }
    }
}

/// A call that failed, before or in the middle of its answer, with the text that a plugin's exception would have.
public struct InvocationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text.
    public let message: String

    public var description: String { message }
}
