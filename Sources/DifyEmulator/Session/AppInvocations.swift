public import DifyProtocol

/// The events of an app's run, as they arrive.
///
/// A run that fails after its start ends with an event ``AppEvent/name`` `error`; the sequence does not throw then, as
/// the SDK does not.
public typealias AppEvents = Responses<AppEvent>

/// Calls of apps, named as in the SDK (`session.app`).
///
/// The app's own mode decides what happens, not the member through which it is called.
public struct AppInvocations: Sendable {
    let session: Session

    /// Chats, agents and chatflows.
    public var chat: ChatAppInvocations { ChatAppInvocations(session: session) }
    /// Workflows.
    public var workflow: WorkflowAppInvocations { WorkflowAppInvocations(session: session) }
    /// Completions.
    public var completion: CompletionAppInvocations { CompletionAppInvocations(session: session) }

    /// What an app is set up with: its input form, its opening statement and so on.
    ///
    /// - Throws: ``InvocationError``.
    public func fetchApp(_ appID: String) async throws -> JSONObject {
        try await session.responses(to: FetchAppInvocation(appID: appID).invocation, as: \.object)
            .first(orThrow: "No response")
    }
}

/// How an app is to answer.
private enum ResponseMode: String {
    case streaming
    case blocking
}

extension Session {
    fileprivate func run(
        _ appID: String, query: String = "", inputs: JSONObject, conversationID: String? = nil, _ mode: ResponseMode
    ) -> AppEvents {
        let call = AppInvocation(
            appID: appID, query: query, inputs: inputs, responseMode: mode.rawValue,
            conversationID: conversationID ?? "")
        return responses(to: call.invocation, as: AppEvent.init(wire:))
    }
}

/// Calls of chats, agents and chatflows (`session.app.chat`).
public struct ChatAppInvocations: Sendable {
    let session: Session

    /// Says something and streams what happens.
    ///
    /// - Parameters:
    ///   - appID: The app.
    ///   - query: What the user says.
    ///   - inputs: Values for the app's input form.
    ///   - conversationID: Which conversation to continue; nil for a new one, whose id is in each event.
    public func invoke(
        appID: String, query: String, inputs: JSONObject = [:], conversationID: String? = nil
    ) -> AppEvents {
        session.run(appID, query: query, inputs: inputs, conversationID: conversationID, .streaming)
    }

    /// Says something and returns the whole answer. Agents refuse this.
    ///
    /// - Throws: ``InvocationError``.
    public func invokeBlocking(
        appID: String, query: String, inputs: JSONObject = [:], conversationID: String? = nil
    ) async throws -> AppEvent {
        try await session.run(appID, query: query, inputs: inputs, conversationID: conversationID, .blocking)
            .first(orThrow: "No response from chat")
    }
}

/// Calls of workflows (`session.app.workflow`).
public struct WorkflowAppInvocations: Sendable {
    let session: Session

    /// Runs a workflow and streams what happens.
    public func invoke(appID: String, inputs: JSONObject = [:]) -> AppEvents {
        session.run(appID, inputs: inputs, .streaming)
    }

    /// Runs a workflow and returns how it ended. A run that failed is an answer, too: look at ``AppEvent/status``.
    ///
    /// - Throws: ``InvocationError``.
    public func invokeBlocking(appID: String, inputs: JSONObject = [:]) async throws -> AppEvent {
        try await session.run(appID, inputs: inputs, .blocking).first(orThrow: "No response from workflow")
    }
}

/// Calls of completions (`session.app.completion`).
public struct CompletionAppInvocations: Sendable {
    let session: Session

    /// Runs a completion and streams what happens.
    public func invoke(appID: String, inputs: JSONObject = [:]) -> AppEvents {
        session.run(appID, inputs: inputs, .streaming)
    }

    /// Runs a completion and returns the whole answer.
    ///
    /// - Throws: ``InvocationError``.
    public func invokeBlocking(appID: String, inputs: JSONObject = [:]) async throws -> AppEvent {
        try await session.run(appID, inputs: inputs, .blocking).first(orThrow: "No response from completion")
    }
}
