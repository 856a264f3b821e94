import Foundation

/// A cookie that a server has set.
struct Cookie: Sendable {
    let name: String
    let value: String?
    /// With a dot before it when the server named it; else the host.
    let domain: String
    let path: String
    private let namesDomain: Bool
    /// Where it may be sent to; nil for every port.
    private let ports: [String]?
    private let namesPorts: Bool
    private let isSecure: Bool
    private let expires: Double?
    private let version: Int

    /// What a line sets in answer to a request, defaults filled in.
    ///
    /// - Throws: What makes Python's reader fail: a time beyond any number.
    init(_ line: SetCookie, from place: CookiePlace) throws(SetCookie.ReaderFailure) {
        if line.expires == .infinity { throw SetCookie.ReaderFailure() }
        (name, value) = (line.name, line.value)
        (isSecure, expires) = (line.isSecure, line.expires)
        if let path = line.path, !path.isEmpty {
            self.path = CookiePlace.escaped(path)
        } else {
            path = Self.folder(of: place.path, withSlash: line.version != 0)
        }
        namesDomain = line.domain != nil
        domain = line.domain.map { $0.hasPrefix(".") ? $0 : "." + $0 } ?? place.fullHost
        namesPorts = line.ports?.isEmpty == false
        ports = line.ports.map { text in
            text.isEmpty ? [place.port] : text.filter { !$0.isWhitespace }.components(separatedBy: ",")
        }
        // A cookie that claims RFC 2109 is one of Netscape's all the same.
        version = line.version == 1 ? 0 : line.version
    }

    /// The path up to its last slash.
    private static func folder(of path: String, withSlash: Bool) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "/" }
        let folder = withSlash ? path[...slash] : path[..<slash]
        return folder.isEmpty ? "/" : String(folder)
    }

    /// Memory that the cookie takes.
    var size: Int { name.utf8.count + (value?.utf8.count ?? 0) + domain.utf8.count + path.utf8.count + 64 }

    /// As it stands in a `Cookie` line.
    var pair: String { value.map { "\(name)=\($0)" } ?? name }

    func hasExpired(at now: Date) -> Bool {
        expires.map { $0 <= now.timeIntervalSince1970.rounded(.down) } ?? false
    }

    /// Whether the server may set this.
    func isAcceptable(from place: CookiePlace) -> Bool {
        version == 0 && (!namesDomain || isOwnDomain(of: place))
            && (!namesPorts || ports?.contains(place.port) ?? true)
    }

    private func isOwnDomain(of place: CookiePlace) -> Bool {
        let undotted = domain.dropFirst()
        let host = place.fullHost
        guard undotted.contains(".") || host.hasSuffix(".local") else { return false }
        return host.hasSuffix(domain) || host.hasSuffix(undotted + ".local") || host.hasPrefix(".")
            || ("." + host).hasSuffix(domain)
    }

    /// Whether the cookie goes with a request.
    func isSent(to place: CookiePlace, at now: Date) -> Bool {
        let dotted = domain.hasPrefix(".") ? domain : "." + domain
        return ("." + place.fullHost).hasSuffix(dotted) && matches(place.path) && (!isSecure || place.isSecure)
            && !hasExpired(at: now) && (ports?.contains(place.port) ?? true)
    }

    /// Whether a path lies in the cookie's folder.
    private func matches(_ path: String) -> Bool {
        guard path.hasPrefix(self.path) else { return false }
        let rest = path.dropFirst(self.path.count)
        return rest.isEmpty || self.path.hasSuffix("/") || rest.hasPrefix("/")
    }
}
