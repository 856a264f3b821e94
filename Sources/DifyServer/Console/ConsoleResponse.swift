import DifyProtocol
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers of the console, as Dify's framework writes them.
enum ConsoleResponse {
    /// JSON: compact, ASCII, with a line feed.
    static func json(_ value: JSONValue) -> Response {
        text(JSONWriter.string(value, style: .errorBody) + "\n", status: .ok)
    }

    static func refused(_ refusal: Refusal) -> Response {
        let body = refusal.body
        var response = text(body, status: HTTPResponse.Status(integerLiteral: refusal.status))
        if refusal.status == 401 { response.headers[.wwwAuthenticate] = #"Bearer realm="api""# }
        return response
    }

    static func methodNotAllowed(_ allowed: [HTTPRequest.Method]) -> Response {
        var response = refused(
            Refusal(
                status: 405, code: "method_not_allowed",
                message: "The method is not allowed for the requested URL."))
        response.headers[.allow] = list(allowed)
        return response
    }

    static func options(_ allowed: [HTTPRequest.Method]) -> Response {
        Response(status: .ok, headers: [.allow: list(allowed)])
    }

    /// A picture, which browsers may keep for an hour.
    static func svg(_ picture: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "image/svg+xml; charset=utf-8", .cacheControl: "public, max-age=3600"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: picture)))
    }

    private static func list(_ methods: [HTTPRequest.Method]) -> String {
        methods.map(\.rawValue).sorted().joined(separator: ", ")
    }

    private static func text(_ text: String, status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
