import DifyProtocol

/// An HTTP response of a custom tool's API, with templates.
struct APIResponseTemplate: Sendable {
    /// The body, and how it is written.
    enum Body: Sendable {
        case empty
        /// A value: compact JSON, `application/json`.
        case json(JSONTemplate)
        /// A text: `text/plain`.
        case plain(TextTemplate)
        /// A text as it stands, without a content type of its own.
        case verbatim(TextTemplate)
    }

    let status: Int
    let headers: [(name: String, value: String)]
    let body: Body

    /// The response for one call.
    func render(_ context: TemplateContext) -> APIResponse {
        let text: String
        let contentType: String?
        switch body {
        case .empty: (text, contentType) = ("", nil)
        case .json(let template): (text, contentType) = (template.render(context).description, "application/json")
        case .plain(let template): (text, contentType) = (template.render(context), "text/plain")
        case .verbatim(let template): (text, contentType) = (template.render(context), nil)
        }
        var headers = headers
        if let contentType, !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            headers.append(("Content-Type", contentType))
        }
        return APIResponse(status: status, headers: headers, body: text)
    }
}

/// An HTTP response of a custom tool's API, whether it was written down, made up or came over a network.
struct APIResponse: Sendable {
    private enum Body: Sendable {
        case text(String)
        /// What came over a network, content codings undone.
        case bytes([UInt8])
    }

    let status: Int
    private let headers: [WireHeader]
    private let body: Body

    /// A response whose body is known as text.
    init(status: Int, headers: [(name: String, value: String)], body: String) {
        self.status = status
        self.headers = headers.map { WireHeader($0.name, $0.value) }
        self.body = .text(body)
    }

    /// A response that came over a network.
    ///
    /// - Throws: ``LiveFailure`` for a content coding that cannot be undone.
    init(_ response: WireResponse) throws(LiveFailure) {
        status = response.status
        headers = response.headers
        body = .bytes(try ContentDecoding.decode(response.body, codings: response.headers.values("content-encoding")))
    }

    /// Whether Dify's HTTP client asks again, or gives up and loses the body.
    var isRetried: Bool { [429, 500, 502, 503, 504].contains(status) }

    // MARK: - What Dify makes of it

    /// The messages (`ApiTool`).
    ///
    /// - Parameter url: The address that was called, for the error text.
    /// - Throws: ``StreamError`` with Dify's text for a failed request.
    func messages(url: String, profile: Profile) throws(StreamError) -> [ToolInvokeMessage] {
        if isRetried { throw .retriesUsedUp(url: url, profile) }
        if profile.has(.squidRefusal), status == 401 || status == 403, isFromSquid {
            throw StreamError(
                "Access to '\(url)' was blocked by SSRF protection. "
                    + "The URL may point to a private or local network address. ")
        }
        if status >= 400 { throw StreamError("Request failed with status code \(status) and \(try text)") }
        if isEmpty { return [.text("Empty response from the tool, please check your parameters and try again.")] }
        guard profile.has(.objectAsJSON) else { return [try rewrittenJSON()] }
        guard isJSON else { return [.text(try text)] }
        switch ResponseJSON(bytes) {
        case .invalid: return [.text(try text)]
        case .tooDeep: throw .tooDeep
        case .value(.object(let object), let surrogates):
            if let failure = surrogates.failure(in: .object(object)) { throw failure }
            let json = ToolInvokeMessage.json(Self.finite(.object(object)))
            return profile.has(.jsonAndText) ? [json, .text(try text)] : [json]
        case .value where profile.has(.rawText): return [.text(try text)]
        case .value(let value, let surrogates):
            return [try Self.message(value.string ?? surrogates.repr(value), surrogates)]
        }
    }

    /// Before 1.7.2: one text, whatever the content type says; JSON as Python writes it.
    private func rewrittenJSON() throws(StreamError) -> ToolInvokeMessage {
        guard case .value(let value, let surrogates) = ResponseJSON(bytes) else { return .text(try text) }
        return try Self.message(JSONWriter.string(value, style: .python), surrogates)
    }

    private static func message(
        _ text: String, _ surrogates: LoneSurrogates
    ) throws(StreamError) -> ToolInvokeMessage {
        if let failure = surrogates.failure(in: text) { throw failure }
        return .text(text)
    }

    /// Numbers that JSON cannot carry become null on their way to the plugin.
    private static func finite(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number) where !number.isInteger && !number.double.isFinite: .null
        case .array(let elements): .array(elements.map(finite))
        case .object(let object): .object(JSONObject(object.map { ($0.key, finite($0.value)) }))
        default: value
        }
    }

    // MARK: - Headers and body

    private var isJSON: Bool { contentType?.lowercased().contains("application/json") ?? false }

    private var isFromSquid: Bool {
        ["server", "via"].contains { headers.value($0)?.lowercased().contains("squid") ?? false }
    }

    private var contentType: String? { headers.value("content-type") }

    private var isEmpty: Bool {
        switch body {
        case .text(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        }
    }

    private var bytes: [UInt8] {
        switch body {
        case .text(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        }
    }

    /// The body in the character set that the content type names; UTF-8 when Python does not know it.
    private var text: String {
        get throws(StreamError) {
            switch body {
            case .text(let text): return text
            case .bytes(let bytes) where bytes.isEmpty: return ""
            case .bytes(let bytes):
                let codec = contentType.flatMap(ContentType.charset).flatMap(PythonCodec.init(named:))
                do {
                    return try (codec ?? .utf8(dropsMark: false)).decode(bytes)
                } catch {
                    throw StreamError(error.text)
                }
            }
        }
    }
}

extension StreamError {
    /// What the writer of Dify's frames says of values in values in values.
    fileprivate static let tooDeep = StreamError(
        "Error serializing to JSON: ValueError: Circular reference detected (depth exceeded)")

    /// What is left of a request that Dify's HTTP client has given up.
    static func retriesUsedUp(url: String, _ profile: Profile) -> StreamError {
        StreamError("Reached maximum retries (\(profile.retries)) for URL \(url)")
    }
}

extension Profile {
    /// How often a custom tool's request is sent again after a failure.
    var retries: Int { has(.noRetries) ? 0 : 3 }
}
