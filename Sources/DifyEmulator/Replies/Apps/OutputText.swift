import DifyProtocol

/// A value as text, as it streams to those who read a workflow's chunks (`markdown` of graphon's segments).
enum OutputText {
    static func markdown(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .object: indented(value, by: "")
        case .array(let elements): elements.map { "- " + PythonText.str($0) }.joined(separator: "\n")
        case .bool, .number, .string: PythonText.str(value)
        }
    }

    /// `json.dumps(value, ensure_ascii=False, indent=2)`.
    private static func indented(_ value: JSONValue, by indent: String) -> String {
        let deeper = indent + "  "
        let separator = ",\n" + deeper
        switch value {
        case .object(let object) where !object.isEmpty:
            let members = object.map { member in
                JSONWriter.string(.string(member.key), style: .python) + ": " + indented(member.value, by: deeper)
            }
            return "{\n\(deeper)\(members.joined(separator: separator))\n\(indent)}"
        case .array(let elements) where !elements.isEmpty:
            let texts = elements.map { indented($0, by: deeper) }
            return "[\n\(deeper)\(texts.joined(separator: separator))\n\(indent)]"
        default: return JSONWriter.string(value, style: .python)
        }
    }
}
