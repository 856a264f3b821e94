/// An HTTP request as it goes over the line, to the byte.
public struct WireRequest: Sendable, Hashable {
    /// The method in upper case.
    public var method: String
    /// `http` or `https`. Dify's client also takes `ws` and `wss`, and speaks plain HTTP with them.
    public var scheme: String
    /// The host to connect to: in ASCII, an IPv6 address without brackets.
    public var host: String
    /// The port to connect to; nil for the scheme's own.
    public var port: Int?
    /// Path and query as they stand in the request line.
    public var target: String
    /// The headers in the order in which they are written, `Host` first.
    public var headers: [WireHeader]
    /// What follows the headers, in chunks where a header `Transfer-Encoding` asked for them.
    public var body: [UInt8]

    /// A request.
    public init(
        method: String, scheme: String, host: String, port: Int? = nil, target: String, headers: [WireHeader] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The address that is called, without user and fragment.
    public var url: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(scheme)://\(name)\(port.map { ":\($0)" } ?? "")\(target)"
    }
}

/// A line of the headers.
public struct WireHeader: Sendable, Hashable {
    /// The name in the case in which it is written.
    public var name: String
    /// The value.
    public var value: String

    /// A line.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether this is the name, in any case.
    public func isNamed(_ name: String) -> Bool { self.name.lowercased() == name.lowercased() }
}
