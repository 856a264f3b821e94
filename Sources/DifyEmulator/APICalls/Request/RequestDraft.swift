import DifyProtocol

/// What Dify hands to its HTTP client.
struct RequestDraft {
    /// What Dify takes for the body.
    enum Body {
        /// A text that is sent as it stands.
        case text(String)
        /// Fields that the client writes as a form; without any there is no body.
        case form(JSONObject)
    }

    var method = ""
    var url: String
    var query = JSONObject()
    /// By name, upper and lower case told apart. Values are text, except before 1.4.2.
    var headers = JSONObject()
    var cookies = JSONObject()
    var body = Body.form([:])

    init(url: String) { self.url = url }

    /// The headers as Dify's module for outgoing requests (`ssrf_proxy`) passes them on: with a trace parent, which
    /// old releases know none of, unless there is one, and with a host of the caller's at the end.
    func outgoingHeaders(traceParent: String?) -> JSONObject {
        var headers = headers
        if let traceParent, !headers.keys.contains(where: { $0.lowercased() == "traceparent" }) {
            headers["traceparent"] = .string(traceParent)
        }
        let hosts = headers.keys.filter { $0.lowercased() == "host" }
        let host = hosts.first.flatMap { headers[$0] }
        for name in hosts { headers[name] = nil }
        headers["host"] = host
        return headers
    }
}
