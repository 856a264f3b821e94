import DifyProtocol
import Synchronization

/// What a template can refer to, and what it referred to in vain.
final class TemplateContext: Sendable {
    let parameters: JSONObject
    private let missing = Mutex<[String]>([])

    init(parameters: JSONObject) { self.parameters = parameters }

    /// Names that stood for nothing, in the order in which they came up.
    var missingNames: [String] { missing.withLock { $0 } }

    /// The value of a name; nil, and noted, when the call has none.
    func lookUp(_ name: String) -> JSONValue? {
        if let value = parameters[name] { return value }
        var value: JSONValue? = .object(parameters)
        for part in name.split(separator: ".") { value = Self.member(String(part), of: value) }
        if value == nil { note(missing: name) }
        return value
    }

    func note(missing name: String) {
        missing.withLock { if !$0.contains(name) { $0.append(name) } }
    }

    static func member(_ name: String, of value: JSONValue?) -> JSONValue? {
        switch value {
        case .object(let object): object[name]
        case .array(let elements): Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
        default: nil
        }
    }
}

extension JSONValue {
    /// How a value stands in a text: text as it is, null as nothing, everything else as JSON.
    var templateText: String { isNull ? "" : string ?? JSONWriter.string(self, style: .python) }
}
