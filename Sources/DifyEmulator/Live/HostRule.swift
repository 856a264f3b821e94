/// Which host may be called: `api.example.com`, `localhost:8080`, `[::1]`, `*.example.com`; `*` for every host.
struct HostRule: Sendable {
    /// In ASCII and lower case, without the star; nil for every host.
    private let host: String?
    private let takesSubdomains: Bool
    /// nil for every port.
    private let port: Int?

    /// - Returns: nil for a text that names no host.
    init?(_ text: String) {
        guard let (name, port) = Self.parts(of: text) else { return nil }
        self.port = port
        takesSubdomains = name.hasPrefix("*.")
        if name == "*" {
            host = nil
            return
        }
        let plain = String(takesSubdomains ? name.dropFirst(2) : name[...])
        guard !plain.isEmpty, !plain.contains(where: { "*/@ ".contains($0) }),
            let encoded = try? HostAddress.encoded(plain.contains(":") ? "[\(plain)]" : plain)
        else { return nil }
        host = encoded
    }

    /// Whether a request goes to this host.
    func allows(_ request: WireRequest) -> Bool {
        if let port, port != request.effectivePort { return false }
        guard let host else { return true }
        return takesSubdomains ? request.host.hasSuffix("." + host) : request.host == host
    }

    /// Host and port; an address with several colons and without brackets is one of IPv6, and has no port.
    private static func parts(of text: String) -> (name: String, port: Int?)? {
        if text.hasPrefix("[") {
            guard let end = text.lastIndex(of: "]") else { return nil }
            let name = String(text[..<end].dropFirst())
            let rest = text[end...].dropFirst()
            if rest.isEmpty { return (name, nil) }
            guard rest.hasPrefix(":"), let port = portNumber(rest.dropFirst()) else { return nil }
            return (name, port)
        }
        let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
        guard pieces.count == 2 else { return (text, nil) }
        return portNumber(pieces[1]).map { (String(pieces[0]), $0) }
    }

    private static func portNumber(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(text), (1...65535).contains(port)
        else { return nil }
        return port
    }
}

extension WireRequest {
    /// The port to connect to.
    var effectivePort: Int { port ?? (scheme == "https" || scheme == "wss" ? 443 : 80) }
}
