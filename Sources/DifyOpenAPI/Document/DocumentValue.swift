package import DifyProtocol
package import OrderedCollections

/// A value of an API document as Dify's Python code holds it after reading JSON or YAML 1.1.
///
/// Unlike JSON it knows dates, and mapping keys need not be text (`200:` is a number, `yes:` is true): both show in
/// what Dify accepts and in its error texts.
package indirect enum DocumentValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case timestamp(Timestamp)
    case bytes([UInt8])
    case list([DocumentValue])
    case map(DocumentMap)

    /// A YAML date or date with time.
    package struct Timestamp: Sendable, Hashable {
        /// How it is stored: ISO 8601.
        package let iso: String
        /// How Python shows it: `datetime.date(2020, 1, 1)`.
        package let repr: String
        /// `date` or `datetime`.
        package let typeName: String
    }
}

extension DocumentValue {
    /// Texts are the same when their bytes are, as in Python; Swift would take `é` for `e` with a combining accent.
    package static func == (first: DocumentValue, second: DocumentValue) -> Bool {
        switch (first, second) {
        case (.null, .null): true
        case (.bool(let first), .bool(let second)): first == second
        case (.number(let first), .number(let second)): first == second
        case (.string(let first), .string(let second)): first.utf8.elementsEqual(second.utf8)
        case (.timestamp(let first), .timestamp(let second)): first == second
        case (.bytes(let first), .bytes(let second)): first == second
        case (.list(let first), .list(let second)): first == second
        case (.map(let first), .map(let second)): first == second
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let flag): hasher.combine(flag)
        case .number(let number): hasher.combine(number)
        case .string(var text): text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        case .timestamp(let timestamp): hasher.combine(timestamp)
        case .bytes(let bytes): hasher.combine(bytes)
        case .list(let elements): hasher.combine(elements)
        case .map(let map): hasher.combine(map)
        }
    }
}

/// A mapping in document order.
package typealias DocumentMap = OrderedDictionary<DocumentValue, DocumentValue>

extension DocumentValue {
    /// The member with a text key; nil for anything that is no mapping.
    package subscript(key: String) -> DocumentValue? {
        if case .map(let map) = self { map[.string(key)] } else { nil }
    }

    package var map: DocumentMap? {
        if case .map(let map) = self { map } else { nil }
    }

    package var list: [DocumentValue]? {
        if case .list(let list) = self { list } else { nil }
    }

    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A value read from JSON.
    package init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let number): self = .number(number)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .list(elements.map(DocumentValue.init))
        case .object(let object):
            self = .map(DocumentMap(uniqueKeysWithValues: object.map { (.string($0.key), DocumentValue($0.value)) }))
        }
    }

    /// The value as Dify stores it: dates as ISO 8601 text, keys as text.
    package var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .number(let number): .number(number)
        case .string(let text): .string(text)
        case .timestamp(let timestamp): .string(timestamp.iso)
        case .bytes(let bytes): .string(String(decoding: bytes, as: UTF8.self))
        case .list(let elements): .array(elements.map(\.json))
        case .map(let map): .object(JSONObject(map.map { ($0.key.keyText, $0.value.json) }))
        }
    }

    /// The text of a mapping key once the document is stored as JSON.
    package var keyText: String {
        switch self {
        case .string(let text): text
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): PythonNumber.repr(number)
        default: json.string ?? pythonRepr
        }
    }

    /// What Python's `repr` shows.
    package var pythonRepr: String {
        switch self {
        case .timestamp(let timestamp): timestamp.repr
        case .bytes(let bytes): "b" + PythonText.repr(String(decoding: bytes, as: UTF8.self))
        case .list(let elements): "[" + elements.map(\.pythonRepr).joined(separator: ", ") + "]"
        case .map(let map):
            "{" + map.map { "\($0.key.pythonRepr): \($0.value.pythonRepr)" }.joined(separator: ", ") + "}"
        default: PythonText.repr(json)
        }
    }

    /// What Python's `bool()` gives.
    package var isTruthy: Bool {
        switch self {
        case .timestamp: true
        default: PythonText.isTruthy(json)
        }
    }

    /// The name of the Python type.
    package var pythonType: String {
        switch self {
        case .timestamp(let timestamp): "datetime.\(timestamp.typeName)"
        case .bytes: "bytes"
        default: PythonText.typeName(json)
        }
    }
}
