import DifyProtocol

/// What custom tools may really call: nothing, until hosts are named.
///
/// ```swift
/// var options = Platform.Options()
/// options.live = LiveAccess(hosts: ["api.example.com", "localhost:8080"], transport: HTTPClient())
/// ```
///
/// Only APIs whose seed says `live: true` are called at all. Redirects are followed to allowed hosts only.
public struct LiveAccess: Sendable {
    /// No request leaves the machine.
    public static let none = LiveAccess(rules: [], transport: nil) { _ in }

    /// What the APIs have set, for as long as the process lives.
    let cookies = CookieJar()
    /// How long the first pause between tries is. Each further one is twice as long.
    var pause: Duration = .milliseconds(500)
    private let rules: [HostRule]
    private let transport: (any LiveTransport)?
    private let report: @Sendable (String) -> Void

    private init(rules: [HostRule], transport: (any LiveTransport)?, report: @escaping @Sendable (String) -> Void) {
        self.rules = rules
        self.transport = transport
        self.report = report
    }

    /// Access to some hosts.
    ///
    /// - Parameters:
    ///   - hosts: `api.example.com`, `localhost:8080` for one port only, `*.example.com` for every host below it, `*` for
    ///     every host. What names no host allows nothing; ``complaint(about:)`` tells.
    ///   - transport: What carries requests.
    ///   - report: Is told of each request that has left the machine, in one line without anything secret.
    public init(
        hosts: [String], transport: any LiveTransport, report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.init(rules: hosts.compactMap(HostRule.init), transport: transport, report: report)
    }

    /// What is wrong with a text that should name a host; nil when it does.
    public static func complaint(about host: String) -> String? {
        if HostRule(host) != nil { return nil }
        return "\(host.debugDescription) names no host; write api.example.com, localhost:8080 or *.example.com"
    }

    /// Whether a request may be sent.
    public func allows(_ request: WireRequest) -> Bool {
        transport != nil && rules.contains { $0.allows(request) }
    }

    /// Sends one request, if that is allowed.
    ///
    /// - Throws: ``LiveFailure`` for a request that may not be sent, or that brings no response.
    func response(to request: WireRequest) async throws(LiveFailure) -> WireResponse {
        guard ["http", "https", "ws", "wss"].contains(request.scheme) else {
            throw LiveFailure("Request URL has an unsupported protocol '\(request.scheme)://'.")
        }
        guard let transport, allows(request) else { throw .notAllowed(request) }
        let place = "\(request.method) \(request.urlWithoutQuery)"
        do {
            let response = try await transport.response(to: request)
            report("live request: \(place) -> \(response.status), \(response.body.count) bytes")
            return response
        } catch {
            report("live request: \(place) failed: \(error.text)")
            throw error
        }
    }

    /// Makes a custom tool's call and reads the answer as Dify does.
    func answer(to request: APIRequest, profile: Profile) async -> Result<[ToolInvokeMessage], StreamError> {
        do {
            let response = try await LiveCall(request: request, access: self, profile: profile).response()
            return .success(try response.messages(url: request.url, profile: profile))
        } catch {
            return .failure(error)
        }
    }
}

extension LiveFailure {
    fileprivate static func notAllowed(_ request: WireRequest) -> LiveFailure {
        LiveFailure(
            "dify-emulator: \(request.host) is no host that custom tools may call; to let them, start with "
                + "--allow-live \(request.host)", kind: .emulator)
    }
}

extension WireRequest {
    /// The address without its query, which may hold a key.
    fileprivate var urlWithoutQuery: String { String(url.prefix { $0 != "?" }) }
}
