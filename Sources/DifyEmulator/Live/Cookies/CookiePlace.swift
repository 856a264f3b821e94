/// Where a request goes, as far as cookies ask.
struct CookiePlace {
    /// The host, in lower case.
    let host: String
    /// The host with a domain: `localhost` lies in `.local`.
    let fullHost: String
    /// The path, odd characters percent-encoded.
    let path: String
    /// The port that the address names; 80 where it names none, for https too.
    let port: String
    let isSecure: Bool

    init(_ request: WireRequest) {
        let isAddress = request.host.contains(":")
        host = (isAddress ? "[\(request.host)]" : request.host).lowercased()
        fullHost = host.contains(".") ? host : host + ".local"
        let path = Self.escaped(String(request.target.prefix { $0 != "?" }))
        self.path = path.hasPrefix("/") ? path : "/" + path
        // Python takes what follows the first colon, which is no number in an IPv6 address.
        port = isAddress ? "80" : request.port.map(String.init) ?? "80"
        isSecure = request.scheme == "https" || request.scheme == "wss"
    }

    /// A path as cookies compare it: odd characters percent-encoded, all such codes in upper case.
    static func escaped(_ path: String) -> String {
        var bytes = Array(QueryText.quote(path, safe: "%/;:@&=+$,!*'()").utf8)
        for index in bytes.indices.dropLast(2) where bytes[index] == UInt8(ascii: "%") {
            let code = bytes[index + 1...index + 2]
            guard code.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { continue }
            bytes.replaceSubrange(index + 1...index + 2, with: String(decoding: code, as: UTF8.self).uppercased().utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
