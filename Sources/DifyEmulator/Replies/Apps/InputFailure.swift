import DifyProtocol

/// Why Dify does not run an app or a workflow with the inputs that were given.
enum InputFailure: Error, Sendable, Hashable {
    /// A `ValueError`, which Dify tells the caller.
    case value(String)
    /// An error that Dify does not foresee. A tool's caller gets its text as well, an app's does not.
    case unforeseen(String)

    /// What the exception says.
    var text: String {
        switch self {
        case .value(let text), .unforeseen(let text): text
        }
    }

    /// What becomes of it in a call of an app.
    var refusal: Refusal {
        switch self {
        case .value(let text): .invalidParameter(text)
        case .unforeseen: .internalServerError
        }
    }
}
