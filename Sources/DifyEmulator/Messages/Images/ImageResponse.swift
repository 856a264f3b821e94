import DifyProtocol

/// The response to the download of an image.
struct ImageResponse {
    private let status: Int
    private let headers: [WireHeader]
    private let content: [UInt8]
    private let shown: String

    /// - Parameter shown: The address as the client's errors show it.
    /// - Throws: ``LiveFailure`` for a body that cannot be decoded.
    init(_ response: WireResponse, shown: String) throws(LiveFailure) {
        status = response.status
        headers = response.headers
        content = try ContentDecoding.decode(response.body, codings: response.headers.values("content-encoding"))
        self.shown = shown
    }

    /// A response of the platform's own.
    init(uncoded response: WireResponse, shown: String) {
        status = response.status
        headers = response.headers
        content = response.body
        self.shown = shown
    }

    /// Whether Dify asks again.
    var isRetried: Bool { [429, 500, 502, 503, 504].contains(status) }

    /// The image. Its type is that of the address's end, else what the server says.
    ///
    /// - Throws: ``MessageError`` for a response that is no success.
    func file(of address: String, profile: Profile) throws(MessageError) -> ToolFile {
        if profile.has(.squidRefusal), status == 401 || status == 403, isFromSquid {
            throw MessageError(
                "Access to '\(address)' was blocked by SSRF protection. "
                    + "The URL may point to a private or local network address. ")
        }
        guard (200..<300).contains(status) else { throw MessageError(failure) }
        let named = PythonText.strip(String((headers.value("content-type") ?? "").prefix { $0 != ";" }))
        let mimeType = FileExtension.type(of: address) ?? (named.isEmpty ? "application/octet-stream" : named)
        return ToolFile(content: content, mimeType: mimeType)
    }

    private var isFromSquid: Bool {
        ["server", "via"].contains { headers.value($0)?.lowercased().contains("squid") == true }
    }

    /// What httpx raises for a status that is no success (`Response.raise_for_status`).
    private var failure: String {
        let kind =
            switch status / 100 {
            case 1: "Informational response"
            case 3: "Redirect response"
            case 4: "Client error"
            case 5: "Server error"
            default: "Invalid status code"
            }
        var lines = ["\(kind) '\(status) \(HTTPPhrase.of(status))' for url '\(shown)'"]
        if [301, 302, 303, 307, 308].contains(status), let location = headers.value("location") {
            lines.append("Redirect location: '\(location)'")
        }
        lines.append(
            "For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/\(status)")
        return lines.joined(separator: "\n")
    }
}
