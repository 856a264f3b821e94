import DifyProtocol

/// What Dify refuses before an app runs, whatever the app would answer.
enum AppAdmission {
    /// Checks the response mode, which comes before the app is looked up: the inner API's payload is read first
    /// (`RequestInvokeApp`).
    static func check(responseMode: String) throws(Refusal) {
        guard responseMode != "streaming", responseMode != "blocking" else { return }
        throw .invalidParameter(
            """
            invalid payload: 1 validation error for RequestInvokeApp
            response_mode
              Input should be 'blocking' or 'streaming' [type=literal_error, \
            input_value=\(PythonText.repr(responseMode)), input_type=str]
                For further information visit https://errors.pydantic.dev/2.12/v/literal_error
            """)
    }

    /// Checks what the app's mode needs (`PluginAppBackwardsInvocation`). The conversation and the inputs come after.
    static func check(
        _ app: CatalogApp, query: String, responseMode: String, quirks: Quirk.Treatment
    ) throws(Refusal) {
        switch app.mode {
        case .chat, .advancedChat: try check(query: query)
        case .agentChat:
            try check(query: query)
            guard responseMode == "streaming" else {
                throw .invalidParameter("Agent Chat App does not support blocking mode")
            }
        // The platform reads a query that calls of completions never carry.
        case .completion where quirks == .dify: throw .internalServerError
        case .completion, .workflow: break
        }
    }

    private static func check(query: String) throws(Refusal) {
        if query.isEmpty { throw .invalidParameter("missing query") }
    }
}
