/// What carries one request of a custom tool to its API and brings the response back: connect, write, read.
///
/// The platform knows no network; ``LiveAccess`` holds whatever the program gives it. One call of a transport is one
/// request: it follows no redirects and keeps no cookies.
public protocol LiveTransport: Sendable {
    /// Sends a request as it stands and waits for the whole response.
    ///
    /// - Throws: ``LiveFailure`` with the words that Dify's HTTP client would use.
    func response(to request: WireRequest) async throws(LiveFailure) -> WireResponse
}

/// A response as it came: after transfer coding, before content coding.
public struct WireResponse: Sendable, Hashable {
    /// The status.
    public var status: Int
    /// The header lines in order, names as the server wrote them.
    public var headers: [WireHeader]
    /// The body. Empty where HTTP allows none (HEAD, 204, 304), whatever the headers say.
    public var body: [UInt8]

    /// A response.
    public init(status: Int, headers: [WireHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension [WireHeader] {
    /// The values of all lines with this name, which is given in lower case.
    func values(_ name: String) -> [String] { filter { $0.name.lowercased() == name }.map(\.value) }

    /// The value of a header, several lines joined as Dify's HTTP client joins them.
    func value(_ name: String) -> String? {
        let values = values(name)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}

/// Why a request brought no response.
public struct LiveFailure: Error, Sendable, Hashable {
    /// Who is behind the failure.
    public enum Kind: Sendable, Hashable {
        /// The network or the server. Dify's older releases try again.
        case network
        /// Something that Dify's client refuses before it asks anybody.
        case refused
        /// The emulator: the request must not be sent, or the response cannot be read here.
        case emulator
    }

    /// What the plugin is told, verbatim.
    public let text: String
    /// Who is behind it.
    public let kind: Kind

    /// A failure.
    public init(_ text: String, kind: Kind = .network) {
        self.text = text
        self.kind = kind
    }

    /// A response that is larger than what is held in memory.
    public static let tooLarge = LiveFailure(
        "dify-emulator: the response is larger than \(ContentDecoding.largestBody >> 20) MiB, and is not read to its end",
        kind: .emulator)
}
