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
