import DifyProtocol

/// Reads the parameters of a query as Dify's models do, collecting what does not fit in pydantic's words.
struct CheckedQuery {
    private let parameters: JSONObject
    private var complaints: [String] = []

    init(_ query: String) { parameters = QueryText.decode(query) }

    /// A text that must be there; it may be empty.
    mutating func text(_ name: String) -> String {
        if let text = optionalText(name) { return text }
        complain(name, "Field required", type: "missing", .object(parameters))
        return ""
    }

    func optionalText(_ name: String) -> String? { parameters[name]?.string }

    /// A truth value; false when it is missing.
    mutating func flag(_ name: String) -> Bool {
        guard let text = optionalText(name) else { return false }
        switch text.lowercased() {
        case "1", "true", "t", "yes", "y", "on": return true
        case "0", "false", "f", "no", "n", "off": return false
        default:
            let message = "Input should be a valid boolean, unable to interpret input"
            complain(name, message, type: "bool_parsing", .string(text))
            return false
        }
    }

    /// - Throws: ``FileRefusal``, HTTP 400, when a parameter did not fit.
    func requireValid(_ model: String) throws(FileRefusal) {
        guard !complaints.isEmpty else { return }
        let errors = complaints.count == 1 ? "1 validation error" : "\(complaints.count) validation errors"
        let text = "\(errors) for \(model)\n" + complaints.joined(separator: "\n")
        throw FileRefusal(.invalidParameter(text), note: "the address lacks parameters, or one has no valid value")
    }

    private mutating func complain(_ name: String, _ message: String, type: String, _ input: JSONValue) {
        let shown = Self.shortened(PythonText.repr(input))
        let inputType = PythonText.typeName(input)
        complaints.append(
            """
            \(name)
              \(message) [type=\(type), input_value=\(shown), input_type=\(inputType)]
                For further information visit https://errors.pydantic.dev/2.12/v/\(type)
            """)
    }

    /// Of more than 50 bytes pydantic shows the first 25 and the last 24, without the pieces of split characters.
    private static func shortened(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count > 50 else { return text }
        let head = 25 - brokenTail(of: bytes, at: 25)
        let tail = bytes.suffix(24).drop { isContinuation($0) }
        return String(decoding: bytes[..<head], as: UTF8.self) + "..." + String(decoding: tail, as: UTF8.self)
    }

    /// How many bytes before a position belong to a character that goes on after it.
    private static func brokenTail(of bytes: [UInt8], at position: Int) -> Int {
        var start = position
        while start > 0, isContinuation(bytes[start]) { start -= 1 }
        return position - start
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
