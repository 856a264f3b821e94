public import DifyProtocol

/// What a workspace keeps about a custom tool provider beside its document and its credentials.
public struct APISettings: Sendable, Hashable {
    /// What becomes of a call that the API would reject by its own document.
    public enum Validation: String, Sendable, Hashable, CaseIterable {
        /// Nothing: calls are not checked.
        case off
        /// The diagnosis tells.
        case report
        /// The call fails.
        case refuse
    }

    /// Whether calls go out to the API, where the platform is allowed to call its host.
    public var isLive = false
    /// Whether answers are made up from the document.
    public var generates = false
    /// Whether calls are checked against the document.
    public var validation = Validation.off
    /// `background` and `content`, as the console draws it.
    public var icon: JSONObject = ["background": "#FFEAD5", "content": "🤖"]
    /// Who is told what about privacy; nil when nothing was said.
    public var privacyPolicy: String?
    /// What people read before they use the tools.
    public var customDisclaimer = ""
    /// Dify's labels, such as `search`.
    public var labels: [String] = []

    /// The settings of an API about which nothing was said.
    public init() {}
}
