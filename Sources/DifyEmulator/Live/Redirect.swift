import Foundation

/// The request that follows from a redirect, as Dify's HTTP client makes it (httpx 0.28.1).
struct Redirect {
    /// Most redirects of one call. The response to the last of them is still read.
    static let limit = 20

    let request: WireRequest
    let response: WireResponse

    /// A redirect; nil for a response that is none.
    init?(of request: WireRequest, by response: WireResponse) {
        guard [301, 302, 303, 307, 308].contains(response.status), response.headers.value("location") != nil else {
            return nil
        }
        self.request = request
        self.response = response
    }

    /// The next request, still without cookies: those of the first one are not sent again.
    ///
    /// - Throws: ``LiveFailure`` for an address that is none.
    func next() throws(LiveFailure) -> WireRequest {
        let url = try url()
        var next = request
        next.method = method
        next.scheme = url.scheme
        next.host = url.host
        next.port = url.port.map { Int($0) ?? .max }
        next.target = url.target
        next.headers.removeAll { $0.isNamed("Cookie") }
        if !isSameOrigin(next) {
            if !isUpgrade(to: next) { next.headers.removeAll { $0.isNamed("Authorization") } }
            next.headers.set("Host", url.place)
        }
        if method != request.method {
            next.body = []
            next.headers.removeAll { $0.isNamed("Content-Length") || $0.isNamed("Transfer-Encoding") }
        }
        return next
    }

    /// 302 and 303 make a GET of everything but HEAD, as browsers do; 301 only of POST.
    private var method: String {
        switch (response.status, request.method) {
        case (302, "HEAD"), (303, "HEAD"): "HEAD"
        case (302, _), (303, _), (301, "POST"): "GET"
        default: request.method
        }
    }

    private func isSameOrigin(_ next: WireRequest) -> Bool {
        next.scheme == request.scheme && next.host == request.host && next.effectivePort == request.effectivePort
    }

    /// From `http` to `https` of the same host, on the usual ports.
    private func isUpgrade(to next: WireRequest) -> Bool {
        next.host == request.host && request.scheme == "http" && next.scheme == "https"
            && request.effectivePort == 80 && next.effectivePort == 443
    }

    // MARK: - The address

    private func url() throws(LiveFailure) -> ClientURL {
        let text = response.headers.value("location") ?? ""
        let location: ClientURL
        do {
            location = try ClientURL(text)
        } catch {
            throw LiveFailure("Invalid URL in location header: \(error.message).")
        }
        if location.isAbsolute { return location }
        do {
            if location.text.isEmpty, !text.contains("#") { return try ClientURL(request.url) }
            return try location.scheme.isEmpty ? joined(location) : hosted(location)
        } catch {
            throw LiveFailure(error.message, kind: .refused)
        }
    }

    /// `https:/path`: a scheme, but no host. The request's is taken, without its port.
    private func hosted(_ location: ClientURL) throws(StreamError) -> ClientURL {
        guard location.path.isEmpty || location.path.hasPrefix("/") else {
            throw StreamError("For absolute URLs, path must be empty or begin with '/'")
        }
        let host = request.host.contains(":") ? "[\(request.host)]" : request.host
        return try ClientURL("\(location.scheme)://\(host)\(location.pathAndQuery)")
    }

    /// An address that counts from the request's own (Python's `urljoin`).
    private func joined(_ location: ClientURL) throws(StreamError) -> ClientURL {
        let base = try ClientURL(request.url)
        if !location.place.isEmpty {
            return try ClientURL("\(base.scheme)://\(location.place)\(RelativePath(location).whole)")
        }
        return try ClientURL("\(base.scheme)://\(base.place)\(RelativePath(location).resolved(against: .init(base)))")
    }
}

/// Path and query of an address, as Python's `urljoin` resolves them.
private struct RelativePath {
    private let path: String
    /// What stands behind a semicolon in the last segment. Python sets it aside.
    private let parameters: String
    private let query: String

    init(_ url: ClientURL) {
        let lastSlash = url.path.lastIndex(of: "/") ?? url.path.startIndex
        let semicolon = url.path[lastSlash...].firstIndex(of: ";")
        path = String(url.path[..<(semicolon ?? url.path.endIndex)])
        parameters = semicolon.map { String(url.path[$0...].dropFirst()) } ?? ""
        query = url.query ?? ""
    }

    private init(path: String, parameters: String, query: String) {
        self.path = path
        self.parameters = parameters
        self.query = query
    }

    /// The text. Signs with nothing behind them are left out.
    var whole: String { path + (parameters.isEmpty ? "" : ";\(parameters)") + (query.isEmpty ? "" : "?\(query)") }

    func resolved(against base: RelativePath) -> String {
        if path.isEmpty, parameters.isEmpty {
            return RelativePath(
                path: base.path, parameters: base.parameters, query: query.isEmpty ? base.query : query
            ).whole
        }
        var segments = path.components(separatedBy: "/")
        if !path.hasPrefix("/") {
            var folder = base.path.components(separatedBy: "/")
            if folder.last?.isEmpty == false { folder.removeLast() }
            segments = folder + segments
            let inner = segments.dropFirst().dropLast().filter { !$0.isEmpty }
            segments = segments.prefix(1) + inner + segments.dropFirst().suffix(1)
        }
        var kept: [String] = []
        for segment in segments where segment != "." {
            if segment == ".." { _ = kept.popLast() } else { kept.append(segment) }
        }
        if segments.last == "." || segments.last == ".." { kept.append("") }
        // Too many `..` take the slash at the root along.
        let joined = kept.joined(separator: "/")
        return RelativePath(path: joined.hasPrefix("/") ? joined : "/" + joined, parameters: parameters, query: query)
            .whole
    }
}

extension ClientURL {
    fileprivate var pathAndQuery: String { path + (query.map { "?\($0)" } ?? "") }
}

extension [WireHeader] {
    /// Puts a value in place of the lines with this name, or behind all others.
    fileprivate mutating func set(_ name: String, _ value: String) {
        let header = WireHeader(name, value)
        guard let index = firstIndex(where: { $0.isNamed(name) }) else {
            append(header)
            return
        }
        self = self[..<index] + [header] + self[(index + 1)...].filter { !$0.isNamed(name) }
    }
}
