import DifyProtocol
import Foundation

/// What Dify's HTTP client (httpx 0.28.1 with httpcore 1.0.9 and h11 0.16) makes of what it is given.
///
/// The order of the steps is the client's, as the first one that fails gives the text of the error.
struct ClientRequest {
    private let draft: RequestDraft
    private let traceParent: String?

    init(_ draft: RequestDraft, traceParent: String?) {
        self.draft = draft
        self.traceParent = traceParent
    }

    /// - Throws: ``StreamError`` with the text of the client.
    func wire() throws(StreamError) -> WireRequest {
        var url = try ClientURL(draft.url)
        if !url.isAbsolute { url = try url.belowBase() }
        var headers = ClientHeaders.usual
        headers.replace(with: try lines(of: draft.outgoingHeaders(traceParent: traceParent)))
        url = try url.with(query: draft.query.isEmpty ? nil : ClientForm.encode(draft.query))
        try addCookies(to: &headers, of: url)
        let body = addBody(to: &headers)
        if !headers.contains("Host"), !url.host.isEmpty {
            if let complaint = InternationalName.complaint(about: url.host) { throw StreamError(complaint) }
            headers.prepend(WireHeader("Host", url.place))
        }
        authenticate(&headers, by: url)
        let lines = try checkedLines(of: headers, for: url)
        return WireRequest(
            method: draft.method, scheme: url.scheme, host: url.host, port: try port(of: url), target: url.target,
            headers: lines, body: try WireFraming.framed(body, after: lines))
    }

    // MARK: - Headers

    private func lines(of headers: JSONObject) throws(StreamError) -> [WireHeader] {
        var lines: [WireHeader] = []
        for (name, value) in headers {
            try ClientHeaders.requireASCII(name)
            guard let text = value.string else { throw value.missingAttribute("encode") }
            try ClientHeaders.requireASCII(text)
            lines.append(WireHeader(name, text))
        }
        return lines
    }

    /// Cookies of their own header line; one that the caller wrote keeps them away.
    ///
    /// Python's cookie jar writes names and values as they stand, and looks into values first, which must be text.
    private func addCookies(to headers: inout ClientHeaders, of url: ClientURL) throws(StreamError) {
        guard !draft.cookies.isEmpty else { return }
        guard !url.scheme.isEmpty else { throw StreamError("unknown url type: \(PythonText.repr(url.text))") }
        var cookies: [String] = []
        for (name, value) in draft.cookies {
            switch value {
            case .null: cookies.append(name)
            case .string(let text): cookies.append("\(name)=\(text)")
            default:
                throw StreamError("expected string or bytes-like object, got '\(PythonText.typeName(value))'")
            }
        }
        guard !headers.contains("Cookie") else { return }
        let line = cookies.joined(separator: "; ")
        try ClientHeaders.requireASCII(line)
        headers.set("Cookie", line)
    }

    /// The body and the headers that describe it.
    private func addBody(to headers: inout ClientHeaders) -> [UInt8] {
        let body: [UInt8]
        switch draft.body {
        case .text(let text): body = Array(text.utf8)
        case .form(let fields): body = Array(ClientForm.encode(fields).utf8)
        }
        switch draft.body {
        case .form(let fields) where !fields.isEmpty:
            headers.setDefault("Content-Length", String(body.count))
            headers.setDefault("Content-Type", "application/x-www-form-urlencoded")
        case .text where !body.isEmpty: headers.setDefault("Content-Length", String(body.count))
        default:
            let isAnnounced = headers.contains("Content-Length") || headers.contains("Transfer-Encoding")
            if !isAnnounced, ["POST", "PUT", "PATCH"].contains(draft.method) {
                headers.prepend(WireHeader("Content-Length", "0"))
            }
        }
        return body
    }

    /// A user in the address signs the request in, whatever else would.
    private func authenticate(_ headers: inout ClientHeaders, by url: ClientURL) {
        let (name, password) = url.credentials
        guard !name.isEmpty || !password.isEmpty else { return }
        let token = Data(name + [UInt8(ascii: ":")] + password).base64EncodedString()
        headers.set("Authorization", "Basic \(token)")
    }

    // MARK: - Sending

    private func checkedLines(of headers: ClientHeaders, for url: ClientURL) throws(StreamError) -> [WireHeader] {
        switch url.scheme {
        case "http", "https", "ws", "wss": break
        case "": throw StreamError("Request URL is missing an 'http://' or 'https://' protocol.")
        default: throw StreamError("Request URL has an unsupported protocol '\(url.scheme)://'.")
        }
        return try WireFraming.checked(headers.lines)
    }

    private func port(of url: ClientURL) throws(StreamError) -> Int? {
        guard let digits = url.port else { return nil }
        guard let port = Int(digits) else { throw StreamError("[Errno -8] Servname not supported for ai_socktype") }
        return port
    }
}
