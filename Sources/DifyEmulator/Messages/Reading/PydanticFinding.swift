import DifyProtocol

/// One thing that is wrong with a value that one of Dify's models reads, in pydantic's words.
struct PydanticFinding: Sendable {
    /// What was found: a single value, or an object with members that are wrong.
    enum Input: Sendable {
        case value(PythonValue)
        case object(PythonObject)
        /// An object by what is shown of it, which many findings about one large object share.
        case shown(String)
    }

    /// The fields, positions and members of unions that lead to the value.
    var path: [String] = []
    let message: String
    /// Pydantic's name for the mistake.
    let type: String
    var input: Input

    /// The text of an error with these findings.
    static func text(_ findings: [PydanticFinding], model: String) -> String {
        let count = findings.count == 1 ? "1 validation error" : "\(findings.count) validation errors"
        return ([count + " for \(model)"] + findings.map(\.text)).joined(separator: "\n")
    }

    private var text: String {
        let place = path.isEmpty ? "" : path.joined(separator: ".") + "\n"
        let (shown, inputType) =
            switch input {
            case .value(let value): (Self.shortened(value.repr), value.typeName)
            case .object(let object): (Self.shortened(object.repr), "dict")
            case .shown(let text): (text, "dict")
            }
        return place + """
              \(message) [type=\(type), input_value=\(shown), input_type=\(inputType)]
                For further information visit https://errors.pydantic.dev/2.12/v/\(type)
            """
    }

    /// Of more than 50 bytes pydantic shows the first 25 and the last 24, without the pieces of split characters.
    static func shortened(_ text: String) -> String {
        let bytes = text.utf8
        guard bytes.count > 50 else { return text }
        var head = Array(bytes.prefix(25))
        if let next = bytes.dropFirst(25).first, isContinuation(next) {
            while let last = head.popLast(), isContinuation(last) {}
        }
        let tail = bytes.suffix(24).drop(while: isContinuation)
        return String(decoding: head, as: UTF8.self) + "..." + String(decoding: tail, as: UTF8.self)
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
