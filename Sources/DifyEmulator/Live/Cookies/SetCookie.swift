import DifyProtocol
import Foundation

/// One `Set-Cookie` line as Python's `http.cookiejar` takes it apart: the old form of Netscape, loosely.
struct SetCookie {
    /// Why all cookies of a response are lost: Python's reader fails over one of them.
    struct ReaderFailure: Error {}

    let name: String
    /// nil for a name without `=`.
    let value: String?
    private(set) var domain: String?
    private(set) var path: String?
    /// The ports, one text; empty for the port of the request.
    private(set) var ports: String?
    private(set) var isSecure = false
    /// Seconds since 1970; nil for a cookie that lives as long as the process.
    private(set) var expires: Double?
    private(set) var version = 0

    /// Reads a line.
    ///
    /// - Returns: nil for a line that holds no cookie.
    init?(_ line: String, now: Date) throws(ReaderFailure) {
        var attributes = line.unicodeScalars.split(separator: ";", omittingEmptySubsequences: false)
            .map(Attribute.init)[...]
        guard let first = attributes.popFirst(), !first.key.isEmpty else { return nil }
        (name, value) = (first.key, first.value)
        var seen: Set<String> = []
        for attribute in attributes where !attribute.key.isEmpty {
            let key = attribute.key.lowercased()
            // Of two equal ones the first counts, of two ages the second.
            guard key == "max-age" || !seen.contains(key) else { continue }
            guard try take(key, attribute.value, now: now, hasAge: seen.contains("max-age")) else { return nil }
            // A date that cannot be read does not stand in the way of one that can.
            if key != "expires" || expires != nil { seen.insert(key) }
        }
    }

    /// - Returns: Whether the cookie is still one.
    private mutating func take(
        _ key: String, _ value: String?, now: Date, hasAge: Bool
    ) throws(ReaderFailure) -> Bool {
        switch key {
        case "secure": isSecure = value != ""
        case "domain": domain = value?.lowercased()
        case "path": path = value
        case "port":
            // No port at all is none to send a cookie to.
            if value?.isEmpty == true { return false }
            ports = value ?? ""
        case "expires":
            guard !hasAge else { return true }
            expires = value.flatMap { HTTPDate.seconds(Self.withoutQuotes($0), now: now) }
        case "max-age":
            guard let value else { throw ReaderFailure() }
            guard let seconds = PythonNumber.integer(from: value) else { return false }
            expires = now.timeIntervalSince1970.rounded(.down) + seconds.double
        case "version":
            guard let value else { return false }
            // Nobody knows a version that is no number either.
            version = PythonNumber.integer(from: Self.withoutQuotes(value))?.integer ?? .max
        default: break
        }
        return value != nil || !["domain", "path"].contains(key)
    }

    private static func withoutQuotes(_ text: String) -> String {
        var text = text[...]
        if text.hasPrefix("\"") { text = text.dropFirst() }
        if text.hasSuffix("\"") { text = text.dropLast() }
        return String(text)
    }

    /// A key, and what stands behind its `=`.
    private struct Attribute {
        let key: String
        let value: String?

        init(_ text: Substring.UnicodeScalarView) {
            let equals = text.firstIndex(of: "=")
            key = PythonText.strip(String(text[..<(equals ?? text.endIndex)]))
            value = equals.map { PythonText.strip(String(text[$0...].dropFirst())) }
        }
    }
}
