import DifyOpenAPI
import DifyProtocol

/// YAML 1.2's core types, by which the emulator's own files are read: `no` is text, `012` is twelve.
enum CoreSchema {
    /// The meaning of a scalar.
    static func value(of scalar: YAMLNode.Scalar) -> JSONValue {
        guard scalar.isPlain, scalar.tag == nil else { return .string(scalar.text) }
        switch scalar.text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: return number(scalar.text).map(JSONValue.number) ?? .string(scalar.text)
        }
    }

    private static func number(_ text: String) -> JSONNumber? {
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return nil }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8).map { JSONNumber($0) } }
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16).map { JSONNumber($0) } }
        // Text that is a JSON number keeps every digit.
        if let json = try? JSONParser.parse(text, dialect: .python).number { return json }
        if text.wholeMatch(of: /[-+]?[0-9]+/) != nil { return PythonNumber.integer(from: text) }
        let pattern = /[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?/
        guard text.wholeMatch(of: pattern) != nil else { return nil }
        return PythonNumber.float(from: text).map { JSONNumber($0) }
    }
}
