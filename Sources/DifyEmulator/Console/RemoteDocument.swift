import DifyProtocol

/// An API document that the console fetches from the web (`get_api_tool_provider_remote_schema`).
struct RemoteDocument {
    private let request: WireRequest

    /// What Dify says of whatever goes wrong.
    static let unusable = Refusal.invalidParameter("invalid schema, please check the url you provided")

    init(_ address: String) throws(Refusal) {
        guard let url = try? ClientURL(WebAddress.normal(address)) else { throw Self.unusable }
        let browser =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
            + "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0"
        var headers = ClientHeaders.usual
        headers.replace(with: [WireHeader("User-Agent", browser), WireHeader("Accept", "*/*")])
        headers.prepend(WireHeader("Host", url.place))
        request = WireRequest(
            method: "GET", scheme: url.scheme, host: url.host, port: url.port.flatMap { Int($0) }, target: url.target,
            headers: headers.lines)
    }

    /// The text. Redirects are not followed.
    ///
    /// - Throws: ``Refusal`` with Dify's text; with the remedy for a host that may not be called.
    func text(live: LiveAccess) async throws(Refusal) -> String {
        do {
            let response = try APIResponse(try await live.response(to: request))
            guard response.status == 200 else { throw Self.unusable }
            return try response.messages(url: request.url, profile: .current).compactMap(\.text).last ?? ""
        } catch let failure as LiveFailure where failure.kind == .emulator {
            throw .invalidParameter(failure.text)
        } catch {
            throw Self.unusable
        }
    }
}
