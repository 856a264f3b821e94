public import DifyProtocol

/// Who makes a reverse call. The SDK does not say; a transport or the workspace does.
public struct Caller: Sendable, Hashable {
    /// The plugin, `author/name` without a version. Its storage and its permissions are those of the call.
    public var plugin: String
    /// The user of the plugin's session; empty for none.
    public var user: String {
        get { namedUser ?? "" }
        set { namedUser = newValue }
    }
    private var namedUser: String?

    /// A caller.
    ///
    /// - Parameter user: The user of the plugin's session: empty for none, nil for the one whom the workspace names.
    public init(plugin: String, user: String? = nil) {
        self.plugin = plugin
        namedUser = user
    }

    /// Who calls in a workspace that names nobody.
    public static let unnamed = Caller(plugin: "local/plugin", user: "")

    /// The caller with the user of another one where it names none.
    func completed(by other: Caller) -> Caller { Caller(plugin: plugin, user: namedUser ?? other.user) }

    /// Whether a text has the form of a plugin's id, `author/name`.
    public static func isPluginID(_ text: String) -> Bool {
        text.split(separator: "/", omittingEmptySubsequences: false).count == 2
            && (try? ProviderID(text + "/x")) != nil
    }
}

/// Someone who uses the workspace's apps through a plugin (Dify's `EndUser`).
struct EndUser: Sendable, Hashable {
    /// A UUID.
    let id: String
    /// What the session calls the user.
    let session: String

    /// The session of all calls that name no user.
    static let anonymousSession = "DEFAULT-USER"
}

extension Catalog {
    /// The end user that a session's user stands for: matched by id, then by session, else made as Dify makes one.
    func endUser(_ user: String) -> EndUser {
        let session = user.isEmpty ? EndUser.anonymousSession : user
        if let id = ProviderUUID(user)?.description, let known = state.users.first(where: { $0.id == id }) {
            return known
        }
        let findsSessions = profile.has(.sessionUsers) || session == EndUser.anonymousSession
        if findsSessions, let known = state.users.first(where: { $0.session == session }) { return known }
        return EndUser(id: ProviderUUID(seed: seed, "user", session).description, session: session)
    }
}
