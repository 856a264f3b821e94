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

/// An HTTP response of a custom tool's API.
struct APIResponse: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: String

    /// Statuses on which Dify's HTTP client gives up, losing the body.
    private static let retried: Set<Int> = [429, 500, 502, 503, 504]

    /// What Dify makes of the response (`ApiTool`, 1.10.0 and later).
    ///
    /// - Parameter url: The address that was called, for the error text.
    /// - Throws: ``StreamError`` with Dify's text for a failed request.
    func messages(url: String) throws(StreamError) -> [ToolInvokeMessage] {
        if Self.retried.contains(status) { throw StreamError("Reached maximum retries (0) for URL \(url)") }
        let proxies = header("server") + header("via")
        if status == 401 || status == 403, proxies.lowercased().contains("squid") {
            throw StreamError(
                "Access to '\(url)' was blocked by SSRF protection. "
                    + "The URL may point to a private or local network address. ")
        }
        if status >= 400 { throw StreamError("Request failed with status code \(status) and \(body)") }
        if body.isEmpty {
            return [.text("Empty response from the tool, please check your parameters and try again.")]
        }
        guard header("content-type").lowercased().contains("application/json"),
            let value = try? JSONParser.parse(body, dialect: .python), value.object != nil
        else { return [.text(body)] }
        return [.json(Self.finite(value)), .text(body)]
    }

    private func header(_ name: String) -> String {
        headers.first { $0.name.lowercased() == name }?.value ?? ""
    }

    /// Numbers that JSON cannot carry become null on their way to the plugin.
    private static func finite(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number) where !number.double.isFinite && !number.isInteger: .null
        case .array(let elements): .array(elements.map(finite))
        case .object(let object): .object(JSONObject(object.map { ($0.key, finite($0.value)) }))
        default: value
        }
    }
}
