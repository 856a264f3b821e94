import DifyProtocol

/// How a content type writes values.
enum BodyEncoding: Hashable {
    case json
    /// Several JSON values, each on a line.
    case jsonLines
    case eventStream
    case xml
    case form
    case text
    case binary(String)

    /// - Parameter contentType: With or without parameters.
    init(_ contentType: String) {
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        switch type {
        case "application/x-ndjson", "application/jsonl", "application/x-jsonlines", "application/json-seq":
            self = .jsonLines
        case "text/event-stream": self = .eventStream
        case "application/x-www-form-urlencoded": self = .form
        case _ where type.hasSuffix("/json") || type.hasSuffix("+json"): self = .json
        case _ where type.hasSuffix("/xml") || type.hasSuffix("+xml"): self = .xml
        case _ where type.hasPrefix("text/") || Self.textTypes.contains(type): self = .text
        default: self = .binary(type)
        }
    }

    private static let textTypes: Set<String> = [
        "application/javascript", "application/graphql", "application/yaml", "application/x-yaml", "application/sql",
    ]

    var isBinary: Bool {
        if case .binary = self { true } else { false }
    }

    /// What stands where nothing is known about the content.
    var sample: String {
        if case .binary(let type) = self { "sample content of type \(type)" } else { "text" }
    }

    /// A value as this type writes it.
    ///
    /// - Parameter schema: What the value was made for; XML takes the names of elements from it.
    func text(of value: JSONValue, schema: JSONValue) -> String {
        switch self {
        case .json: return value.description
        case .jsonLines: return (value.array ?? [value]).map { $0.description + "\n" }.joined()
        case .eventStream: return (value.array ?? [value]).map { "data: \(Self.plain($0))\n\n" }.joined()
        case .xml:
            // Examples of XML are written as XML.
            if let text = value.string, text.drop(while: \.isWhitespace).hasPrefix("<") { return text }
            return XMLText.document(value, schema: schema)
        case .form: return value.object.map(Self.form) ?? Self.plain(value)
        case .text, .binary: return Self.plain(value)
        }
    }

    /// A text as it stands, anything else as JSON.
    static func plain(_ value: JSONValue) -> String { value.string ?? value.description }

    private static func form(_ object: JSONObject) -> String {
        QueryText.encode(object.flatMap { key, value in (value.array ?? [value]).map { (key, plain($0)) } })
    }
}
