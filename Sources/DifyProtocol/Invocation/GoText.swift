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
