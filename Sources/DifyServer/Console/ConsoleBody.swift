import DifyProtocol

/// The body of a request to the console, read as Flask reads it.
struct ConsoleBody: Sendable {
    let bytes: [UInt8]
    /// The content type.
    let type: String

    /// The JSON.
    ///
    /// - Throws: ``Refusal`` as Flask does for another content type (415) and for what is no JSON (400).
    func json() throws(Refusal) -> JSONValue {
        guard isJSON else {
            throw Refusal(
                status: 415, code: "unsupported_media_type",
                message:
                    "Did not attempt to load JSON data because the request Content-Type was not 'application/json'."
            )
        }
        do {
            return try JSONParser.parse(utf8: bytes)
        } catch {
            throw Refusal(
                status: 400, code: "bad_request",
                message: "The browser (or proxy) sent a request that this server could not understand.")
        }
    }

    private var isJSON: Bool {
        let bare = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return bare == "application/json" || (bare.hasPrefix("application/") && bare.hasSuffix("+json"))
    }
}
