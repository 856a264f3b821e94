import DifyProtocol

/// An exception of the platform in the middle of an app's stream. Dify sends it as an event; the SDK does not raise.
struct AppError: Error, Sendable, Hashable {
    let code: String
    let message: String
    let status: Int

    init(code: String, message: String, status: Int) {
        self.code = code
        self.message = message
        self.status = status
    }

    /// An exception of the platform's own (`ValueError`), which is also what a failed run becomes.
    static func valueError(_ message: String) -> AppError {
        AppError(code: "invalid_param", message: message, status: 400)
    }

    /// An error with the members `code`, `message` and `status`. What is missing is as in Dify
    /// (`AppGenerateResponseConverter._error_to_stream_response`).
    init(_ members: JSONObject) {
        code = members["code"]?.string ?? "invalid_param"
        message = members["message"]?.string ?? Self.messages[code] ?? ""
        status = members["status"]?.number?.integer ?? (code == "internal_server_error" ? 500 : 400)
    }

    /// The texts that Dify uses whatever went wrong.
    private static let messages = [
        "provider_quota_exceeded": "Your quota for Dify Hosted Model Provider has been exhausted. "
            + "Please go to Settings -> Model Provider to complete your own provider credentials.",
        "model_currently_not_support": "Model Currently Not Support",
        "completion_request_error": "Incorrect API key provided",
        "internal_server_error": "Internal Server Error, please contact support.",
    ]

    /// What the event holds beside the envelope.
    var members: JSONObject { ["code": .string(code), "message": .string(message), "status": .integer(status)] }

    /// The refusal that the exception becomes where nothing streams. The inner API knows two kinds only.
    var refusal: Refusal { status >= 500 ? .internalServerError : .invalidParameter(message) }
}
