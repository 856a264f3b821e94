import DifyProtocol

/// A value of a message as Dify's Python holds it.
enum PythonValue: Sendable, Hashable {
    case json(JSONValue)
    /// What a `blob` was decoded to.
    case bytes([UInt8])

    var repr: String {
        switch self {
        case .json(let value): PythonText.repr(value)
        case .bytes(let bytes): Self.repr(bytes)
        }
    }

    var typeName: String {
        switch self {
        case .json(let value): PythonText.typeName(value)
        case .bytes: "bytes"
        }
    }

    var isTruthy: Bool {
        switch self {
        case .json(let value): PythonText.isTruthy(value)
        case .bytes(let bytes): !bytes.isEmpty
        }
    }

    /// The JSON value; nil for bytes.
    var json: JSONValue? {
        if case .json(let value) = self { value } else { nil }
    }

    /// The bytes; nil for JSON.
    var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    /// `repr` of bytes: `b'caf\xc3\xa9'`.
    private static func repr(_ bytes: [UInt8]) -> String {
        let single = UInt8(ascii: "'")
        let quote = bytes.contains(single) && !bytes.contains(UInt8(ascii: "\"")) ? UInt8(ascii: "\"") : single
        var text = "b" + String(Unicode.Scalar(quote))
        for byte in bytes {
            switch byte {
            case quote, UInt8(ascii: "\\"): text += "\\" + String(Unicode.Scalar(byte))
            case UInt8(ascii: "\n"): text += "\\n"
            case UInt8(ascii: "\r"): text += "\\r"
            case UInt8(ascii: "\t"): text += "\\t"
            case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "\\x" + HexText.encode([byte])
            }
        }
        text.unicodeScalars.append(Unicode.Scalar(quote))
        return text
    }
}

/// An object of a message as Dify's Python holds it: JSON, but for a `blob` that was decoded.
struct PythonObject: Sendable {
    let members: JSONObject
    /// What stands in place of the member `blob`.
    let blob: [UInt8]?

    init(_ members: JSONObject, blob: [UInt8]? = nil) {
        self.members = members
        self.blob = blob
    }

    subscript(name: String) -> PythonValue? {
        if let blob, name == "blob" { return .bytes(blob) }
        return members[name].map(PythonValue.json)
    }

    var repr: String {
        let shown = members.map { key, value in
            let value = self[key] ?? .json(value)
            return "\(PythonText.repr(key)): \(value.repr)"
        }
        return "{" + shown.joined(separator: ", ") + "}"
    }
}

/// What Python code raises.
enum PythonException: Error, Hashable {
    /// A `ValueError` or a failed assertion, which pydantic tells among what it finds.
    case value(String)
    /// Any other exception, which ends the reading with its own text.
    case other(String)
}
