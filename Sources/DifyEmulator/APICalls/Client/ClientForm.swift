import DifyProtocol

/// Queries and forms as httpx writes them.
enum ClientForm {
    /// `true` and `false` for booleans, nothing for null, a list once for each element, Python text for an object.
    static func encode(_ fields: JSONObject) -> String {
        QueryText.encode(
            fields.flatMap { name, value in (value.array ?? [value]).map { (name, text($0)) } })
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "true" : "false"
        default: PythonText.str(value)
        }
    }
}
