/// A request that Dify's plugin daemon refuses before it asks the platform, in the daemon's own words.
///
/// The daemon decodes with mapstructure 1.5.0 and validates with validator 10; both texts reach the plugin.
public struct InvalidRequest: Error, Sendable, Hashable {
    /// One field that the validator refuses.
    struct Failure {
        let path: String
        let field: String
        let tag: String
    }

    /// The text as the plugin sees it.
    public let message: String

    init(failures: [Failure]) {
        let lines = failures.map {
            "Key: '\($0.path)' Error:Field validation for '\($0.field)' failed on the '\($0.tag)' tag"
        }
        message = Self.prefix + "error validating struct: " + lines.joined(separator: "\n")
    }

    init(decodingErrors: [String]) {
        let list = decodingErrors.sorted().map { "* \($0)" }.joined(separator: "\n")
        message = Self.prefix + "error decoding map: \(decodingErrors.count) error(s) decoding:\n\n\(list)"
    }

    private static let prefix = "unmarshal backwards invoke request failed: "
}

/// Reads the members of a request with the daemon's types, collecting what does not fit.
struct RequestFields {
    private let request: JSONObject
    private var errors: [String] = []

    init(_ request: JSONObject) { self.request = request }

    /// A text; `null` and a missing key count as empty.
    mutating func text(_ key: String) -> String {
        switch request[key] {
        case nil, .null: return ""
        case .string(let text): return text
        case .some(let value):
            errors.append(
                "'\(key)' expected type 'string', got unconvertible type '\(GoText.typeName(value))', "
                    + "value: '\(GoText.plain(value))'")
            return ""
        }
    }

    /// An object; nil for `null` and a missing key.
    mutating func object(_ key: String) -> JSONObject? {
        switch request[key] {
        case nil, .null: return nil
        case .object(let object): return object
        case .some(let value):
            errors.append("'\(key)' expected a map, got '\(GoText.kindName(value))'")
            return nil
        }
    }

    /// - Throws: ``InvalidRequest`` when a member had another type.
    func requireDecoded() throws(InvalidRequest) {
        guard errors.isEmpty else { throw InvalidRequest(decodingErrors: errors) }
    }
}

/// Go's text forms of decoded JSON, as they stand in the daemon's error messages.
enum GoText {
    /// The type of the decoded value.
    static func typeName(_ value: JSONValue) -> String {
        switch value {
        case .null: "nil"
        case .bool: "bool"
        case .number: "float64"
        case .string: "string"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        }
    }

    /// The kind of the decoded value.
    static func kindName(_ value: JSONValue) -> String {
        switch value {
        case .array: "slice"
        case .object: "map"
        default: typeName(value)
        }
    }

    /// The value as `%v` prints it: `[1 2]`, `map[a:1]`.
    static func plain(_ value: JSONValue) -> String {
        switch value {
        case .null: "<nil>"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number.isInteger ? number.literal : PythonNumber.repr(number)
        case .string(let text): text
        case .array(let elements): "[" + elements.map(plain).joined(separator: " ") + "]"
        case .object(let object):
            "map[" + object.keys.sorted().map { "\($0):\(plain(object[$0] ?? .null))" }.joined(separator: " ") + "]"
        }
    }
}
