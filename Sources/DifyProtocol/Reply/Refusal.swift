/// A call that Dify refuses before its answer starts: an HTTP error of its inner API.
public struct Refusal: Error, Sendable, Hashable {
    /// The HTTP status.
    public let status: Int
    /// Dify's error code; `unknown` for a failure that Dify did not foresee.
    public let code: String
    /// Dify's text.
    public let message: String

    /// A refusal.
    public init(status: Int, code: String, message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// A `ValueError` in Dify: HTTP 400.
    public static func invalidParameter(_ message: String) -> Refusal {
        Refusal(status: 400, code: "invalid_param", message: message)
    }

    /// HTTP 404.
    public static func notFound(_ message: String) -> Refusal {
        Refusal(status: 404, code: "not_found", message: message)
    }

    /// An exception that Dify does not expect: HTTP 500 without a reason.
    public static let internalServerError = Refusal(
        status: 500, code: "unknown", message: "Internal Server Error")

    /// The body that Dify sends: compact JSON with `/` written `\/`, and a line feed.
    public var body: String { body(in: .current) }

    /// The body that a release sends.
    public func body(in profile: Profile) -> String {
        let fields: [(String, JSONValue)] = [
            ("code", .string(code)), ("message", .string(message)), ("status", .integer(status)),
        ]
        let ordered = status == 500 && code == "unknown" ? [fields[1], fields[0], fields[2]] : fields
        return BodyText.of(.object(JSONObject(ordered)), in: profile)
    }
}
