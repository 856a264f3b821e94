import DifyProtocol
import Foundation

/// What Dify's HTTP client (httpx 0.28.1) makes of the address of an image.
enum ImageRequest {
    /// What is sent, and the address as the client's errors show it.
    case sent(WireRequest, shown: String)
    /// The client finds out only when it is about to send that it cannot, which Dify takes for a failed connection.
    case unsendable
    /// The client refuses the address with this text.
    case invalid(String)

    init(_ address: String) {
        do throws(StreamError) {
            let url = try ClientURL(address)
            if url.isAbsolute, let complaint = InternationalName.complaint(about: url.host) {
                throw StreamError(complaint)
            }
            let port = url.port.flatMap { Int($0) }
            let isPort = url.port == nil || port != nil
            guard url.isAbsolute, isPort, ["http", "https", "ws", "wss"].contains(url.scheme) else {
                self = .unsendable
                return
            }
            let wire = WireRequest(
                method: "GET", scheme: url.scheme, host: url.host, port: port, target: url.target,
                headers: Self.headers(for: url))
            self = .sent(wire, shown: url.text + Self.fragment(of: address))
        } catch {
            self = .invalid(error.message)
        }
    }

    /// What stands for the request when it is asked whether its host may be called: an address without a host passes
    /// where every host does.
    var wire: WireRequest {
        if case .sent(let wire, _) = self { return wire }
        return WireRequest(method: "GET", scheme: "http", host: "", target: "/")
    }

    /// The fragment with its sign, as the client writes it; empty for an address without one.
    private static func fragment(of address: String) -> String {
        guard let sign = address.utf8.firstIndex(of: UInt8(ascii: "#")) else { return "" }
        let fragment = String(decoding: address.utf8[address.utf8.index(after: sign)...], as: UTF8.self)
        return "#" + QueryText.quote(fragment, safe: "!#$%&'()*+,/:;=?@[\\]^{|}")
    }

    private static func headers(for url: ClientURL) -> [WireHeader] {
        var headers = ClientHeaders.usual
        headers.prepend(WireHeader("Host", url.place))
        let (name, password) = url.credentials
        if !name.isEmpty || !password.isEmpty {
            let token = Data(name + [UInt8(ascii: ":")] + password).base64EncodedString()
            headers.set("Authorization", "Basic \(token)")
        }
        return headers.lines
    }
}
