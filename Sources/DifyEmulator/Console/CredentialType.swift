import DifyProtocol

/// The kinds of credentials that a plugin's provider takes (`api/core/plugin/entities/plugin_daemon.py`).
enum CredentialType: String, CaseIterable, Sendable {
    case apiKey = "api-key"
    case oauth2
    case unauthorized

    /// A kind as an address names it.
    init(named text: String) throws(Refusal) {
        switch text.lowercased() {
        case "api-key", "api_key": self = .apiKey
        case "oauth2", "oauth": self = .oauth2
        case "unauthorized": self = .unauthorized
        default: throw .invalidParameter("Invalid credential type: \(text)")
        }
    }

    /// How credentials of this kind are called that nobody gave a name.
    var title: String {
        switch self {
        case .apiKey: "API KEY"
        case .oauth2: "AUTH"
        case .unauthorized: "UNAUTHORIZED"
        }
    }
}
