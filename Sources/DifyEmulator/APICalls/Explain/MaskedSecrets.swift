import DifyProtocol

/// Hides the stored key of an API where a request shows it.
struct MaskedSecrets {
    private let credentials: JSONObject

    init(_ credentials: JSONObject) { self.credentials = credentials }

    /// The request for people to read.
    func shown(_ wire: WireRequest) -> CallExplanation.Request {
        CallExplanation.Request(
            method: wire.method, url: masked(url: wire.url),
            headers: wire.headers.map { .init(name: $0.name, value: masked(header: $0.name, $0.value)) },
            body: String(decoding: wire.body, as: UTF8.self))
    }

    /// As Dify's console shows a secret: of more than six characters the first and the last two, the rest as stars.
    static func masked(_ secret: String) -> String {
        guard secret.unicodeScalars.count > 6 else { return String(repeating: "*", count: secret.unicodeScalars.count) }
        let stars = String(repeating: "*", count: secret.unicodeScalars.count - 4)
        return String(secret.unicodeScalars.prefix(2)) + stars + String(secret.unicodeScalars.suffix(2))
    }

    private var secret: String? {
        credentials["api_key_value"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func masked(header name: String, _ value: String) -> String {
        if let secret, value == secret || value.hasSuffix(" " + secret) {
            return value.dropLast(secret.count) + Self.masked(secret)
        }
        // User info in the address, which is a secret that nobody stored as one.
        guard name.lowercased() == "authorization", value.hasPrefix("Basic ") else { return value }
        return "Basic " + Self.masked(String(value.dropFirst(6)))
    }

    private func masked(url: String) -> String {
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let secret, parts.count == 2, credentials["auth_type"] == "api_key_query" else { return url }
        let pairs = parts[1].split(separator: "&", omittingEmptySubsequences: false).map { pair in
            guard FormPairs.read(pair).first?.value == secret else { return String(pair) }
            return pair.prefix { $0 != "=" } + "=" + Self.masked(secret)
        }
        return parts[0] + "?" + pairs.joined(separator: "&")
    }
}
