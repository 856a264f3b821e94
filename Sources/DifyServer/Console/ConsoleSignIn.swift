import DifyProtocol
import Foundation
import HTTPTypes

/// Who may use the console: whoever knows the token that the server prints at its start.
///
/// It is accepted as a bearer token and as the cookie `access_token`. The header `X-CSRF-Token`, without which Dify
/// refuses since 1.10, may come along and is not needed.
struct ConsoleSignIn: Sendable {
    let token: String

    /// A token that nobody can guess.
    static func newToken() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in String(UInt128.random(in: .min ... .max, using: &generator), radix: 36) }.joined()
    }

    /// - Throws: ``Refusal`` with Dify's texts: HTTP 401.
    func check(_ headers: HTTPFields) throws(Refusal) {
        guard let given = Cookies(headers)["access_token"] ?? Self.bearer(headers) else {
            throw Self.unauthorized("Invalid Authorization token.")
        }
        guard isToken(given) else { throw Self.unauthorized("Invalid token.") }
    }

    /// Whether a password lets its owner in. Since 1.12 Dify's own pages send it in Base64.
    func isPassword(_ text: String) -> Bool {
        isToken(text) || Data(base64Encoded: text).map { isToken(String(decoding: $0, as: UTF8.self)) } ?? false
    }

    /// Compares in a time that does not tell how much is right.
    func isToken(_ text: String) -> Bool {
        let (given, own) = (Array(text.utf8), Array(token.utf8))
        guard given.count == own.count, !own.isEmpty else { return false }
        return zip(given, own).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func bearer(_ headers: HTTPFields) -> String? {
        guard let words = headers[.authorization]?.split(separator: " ", maxSplits: 1), words.count == 2,
            words[0].lowercased() == "bearer"
        else { return nil }
        return String(words[1].drop { $0 == " " })
    }

    private static func unauthorized(_ message: String) -> Refusal {
        Refusal(status: 401, code: "unauthorized", message: message)
    }
}

/// The cookies of a request.
struct Cookies {
    private let values: [String: String]

    init(_ headers: HTTPFields) {
        let pairs = headers[values: .cookie].flatMap { $0.split(separator: ";") }.compactMap {
            pair -> (String, String)? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            return (parts[0].filter { $0 != " " }, parts[1].filter { $0 != " " && $0 != "\"" })
        }
        values = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// A cookie that is not empty.
    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
}
