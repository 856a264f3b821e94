import DifyProtocol

/// An address as httpx 0.28.1 reads, checks and writes it.
///
/// Every address goes through this twice: once as it is given, and once when the query takes the place of its own.
struct ClientURL {
    /// In lower case; empty for an address without one.
    let scheme: String
    /// User and password, percent-encoded.
    let user: String
    /// In ASCII, an IPv6 address without brackets.
    let host: String
    /// The digits of the port unless it is the scheme's own. They may be any number.
    let port: String?
    let path: String
    let query: String?
    private let fragment: String?

    /// Most characters of an address, and of each part of it.
    private static let longest = 65536
    static let tooLong = StreamError("URL too long")

    /// - Throws: ``StreamError`` with the client's text.
    init(_ text: String) throws(StreamError) {
        guard text.unicodeScalars.count <= Self.longest else { throw Self.tooLong }
        for (position, scalar) in text.unicodeScalars.enumerated() where scalar.isASCII {
            guard (" "..."~").contains(scalar) else {
                throw StreamError(
                    "Invalid non-printable ASCII character in URL, \(PythonText.repr(String(scalar))) "
                        + "at position \(position).")
            }
        }
        var rest = text.utf8[...]
        let scheme = Self.takeScheme(of: &rest)
        var authority = ""
        if rest.starts(with: "//".utf8) {
            rest.removeFirst(2)
            authority = Self.take(upTo: "/?#", of: &rest)
        }
        let path = Self.take(upTo: "?#", of: &rest)
        let query = Self.takeSign("?", of: &rest) ? Self.take(upTo: "#", of: &rest) : nil
        let fragment = Self.takeSign("#", of: &rest) ? Self.take(upTo: "", of: &rest) : nil
        try self.init(scheme: scheme, authority: authority, path: path, query: query, fragment: fragment)
    }

    private init(
        scheme: String, authority: String, path: String, query: String?, fragment: String?
    ) throws(StreamError) {
        var rest = authority.utf8[...]
        if let sign = rest.lastIndex(of: UInt8(ascii: "@")) {
            user = QueryText.quote(Self.text(rest[..<sign]), safe: Self.safeInUser)
            rest = rest[rest.index(after: sign)...]
        } else {
            user = ""
        }
        host = try HostAddress.encoded(Self.takeHost(of: &rest))
        _ = Self.takeSign(":", of: &rest)
        port = try Self.port(Self.text(rest), scheme: scheme)
        self.scheme = scheme.lowercased()
        let hasAuthority = !user.isEmpty || !host.isEmpty || port != nil
        if scheme.isEmpty, !hasAuthority {
            for start in ["//", ":"] where path.utf8.starts(with: start.utf8) {
                throw StreamError("Relative URLs cannot have a path starting with '\(start)'")
            }
            self.path = QueryText.quote(path, safe: Self.safeInPath)
        } else {
            self.path = QueryText.quote(Self.withoutDots(path), safe: Self.safeInPath)
        }
        self.query = query.map { QueryText.quote($0, safe: Self.safeInQuery) }
        self.fragment = fragment.map { QueryText.quote($0, safe: Self.safeInFragment) }
    }

    // MARK: - Parts

    /// Whether the address says where to connect to.
    var isAbsolute: Bool { !scheme.isEmpty && !host.isEmpty }

    /// Host and port as the header `Host` has them.
    var place: String { Self.bracketed(host) + (port.map { ":\($0)" } ?? "") }

    /// Path and query as they stand in the request line.
    var target: String { (path.isEmpty ? "/" : path) + (query.map { "?\($0)" } ?? "") }

    /// The whole address without its fragment.
    var text: String {
        let authority = authority
        return (scheme.isEmpty ? "" : "\(scheme):") + (authority.isEmpty ? "" : "//\(authority)") + path
            + (query.map { "?\($0)" } ?? "")
    }

    private var authority: String { (user.isEmpty ? "" : "\(user)@") + place }

    /// The name and the password that stand in the address, decoded.
    var credentials: (name: [UInt8], password: [UInt8]) {
        let parts = user.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        // Python puts U+FFFD where the bytes are no UTF-8.
        let decoded = parts.map { Array(String(decoding: QueryText.unquote(Array($0)[...]), as: UTF8.self).utf8) }
        return (decoded.first ?? [], decoded.count > 1 ? decoded[1] : [])
    }

    /// The address with another query. Without parameters it has none: its own is dropped.
    func with(query: String?) throws(StreamError) -> ClientURL {
        for (name, part) in [
            ("scheme", scheme), ("authority", authority), ("path", path), ("query", query ?? ""),
            ("fragment", fragment ?? ""),
        ] where part.utf8.count > Self.longest {
            throw StreamError("URL component '\(name)' too long")
        }
        return try ClientURL(scheme: scheme, authority: authority, path: path, query: query, fragment: fragment)
    }

    /// What the client makes of an address that is not absolute: a path below its base, which is empty.
    func belowBase() throws(StreamError) -> ClientURL {
        var rest = target.utf8.drop { $0 == UInt8(ascii: "/") }
        let path = "/" + Self.take(upTo: "?", of: &rest)
        for (name, part) in [("path", path), ("query", query ?? "")] where part.utf8.count > Self.longest {
            throw StreamError("URL component '\(name)' too long")
        }
        return try ClientURL(scheme: "", authority: "", path: path, query: query, fragment: nil)
    }

    /// A text as it stands in a path that it is put into: encoded, and up to where a query or a fragment begins. No
    /// more is written than an address holds.
    static func writtenPath(_ text: String) -> String {
        var rest = text.utf8.prefix(longest)
        return QueryText.quote(take(upTo: "?#", of: &rest), safe: safeInPath)
    }

    private static func bracketed(_ host: String) -> String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    }

    // MARK: - Reading

    private static func takeScheme(of rest: inout Substring.UTF8View) -> String {
        let startsWell = rest.first.map(isLetter) ?? false
        let name = rest.prefix { byte in
            startsWell && (isLetter(byte) || "0123456789+-.".utf8.contains(byte))
        }
        var after = rest[name.endIndex...]
        guard takeSign(":", of: &after) else { return "" }
        rest = after
        return text(name)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// An address in brackets, else everything up to a colon.
    private static func takeHost(of rest: inout Substring.UTF8View) -> String {
        if rest.first == UInt8(ascii: "["), let end = rest.lastIndex(of: UInt8(ascii: "]")) {
            defer { rest = rest[rest.index(after: end)...] }
            return text(rest[...end])
        }
        return take(upTo: ":", of: &rest)
    }

    private static func take(upTo signs: String, of rest: inout Substring.UTF8View) -> String {
        let part = rest.prefix { !signs.utf8.contains($0) }
        rest = rest[part.endIndex...]
        return text(part)
    }

    private static func takeSign(_ sign: Unicode.Scalar, of rest: inout Substring.UTF8View) -> Bool {
        guard rest.first == UInt8(ascii: sign) else { return false }
        rest.removeFirst()
        return true
    }

    private static func text(_ bytes: Substring.UTF8View) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Most digits that Python reads as a number.
    private static let mostDigits = 4300

    private static func port(_ text: String, scheme: String) throws(StreamError) -> String? {
        guard !text.isEmpty else { return nil }
        let digits = text.unicodeScalars.count(where: { $0.properties.generalCategory == .decimalNumber })
        guard digits <= mostDigits, let number = PythonNumber.integer(from: text) else {
            throw StreamError("Invalid port: \(PythonText.repr(text))")
        }
        // An address whose scheme is not in lower case keeps its port, until it is read again.
        let usual = ["ftp": "21", "http": "80", "https": "443", "ws": "80", "wss": "443"][scheme]
        return number.literal == usual ? nil : number.literal
    }

    /// The path without segments of dots. The first `..` of an address climbs nowhere.
    private static func withoutDots(_ path: String) -> String {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(text)
        guard segments.contains(where: { $0 == "." || $0 == ".." }) else { return path }
        var kept: [String] = []
        for segment in segments {
            if segment == ".." {
                if !kept.isEmpty, kept != [""] { kept.removeLast() }
            } else if segment != "." {
                kept.append(segment)
            }
        }
        return kept.joined(separator: "/")
    }

    // MARK: - Writing

    private static let safeInFragment = printable(except: " \"<>`")
    private static let safeInQuery = printable(except: " \"#<>")
    private static let safeInPath = printable(except: " \"#<>?`{}")
    private static let safeInUser = printable(except: " \"#<>?`{}/;=@[\\]^|")

    /// All of ASCII that can be printed but these signs. A percent sign is safe everywhere: what is encoded stays so.
    private static func printable(except signs: String) -> String {
        let bytes = (UInt8(ascii: " ")...UInt8(ascii: "~")).filter { !signs.utf8.contains($0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
