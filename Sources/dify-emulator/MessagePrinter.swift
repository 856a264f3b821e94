import DifyEmulator
import DifyProtocol
import Foundation

/// Shows the events of an answer to people, or to machines as lines of JSON.
struct MessagePrinter {
    let asJSON: Bool
    /// What each line starts with.
    var indent = ""
    /// Whether the answer ended with an error.
    private(set) var hasFailed = false

    init(asJSON: Bool, indent: String = "") {
        self.asJSON = asJSON
        self.indent = indent
    }

    mutating func print(_ event: ReplyEvent) {
        switch event {
        case .response(let data):
            if !asJSON, let message = ToolInvokeMessage(wire: data) {
                show(message)
            } else if !asJSON, let line = ResponseLine(data) {
                Console.out(indent + label(line.label, .green) + line.text.printable)
            } else {
                Console.out(indent + data.description)
            }
        case .error(let failure):
            hasFailed = true
            let text = failure.text
            if asJSON {
                Console.out(JSONValue.object(["error": .string(text)]).description)
            } else {
                Console.out(indent + label("error", .red) + text.trimmingCharacters(in: .newlines))
            }
        case .end: break
        }
    }

    /// Shows what there is to say about the call.
    func explain(_ diagnosis: Diagnosis) {
        Console.note("\(indent)\(diagnosis.call) -> \(diagnosis.source)".printable)
        for note in diagnosis.notes { Console.note("\(indent)hint: \(note)".printable) }
    }

    private func show(_ message: ToolInvokeMessage) {
        var lines = content(of: message).split(separator: "\n", omittingEmptySubsequences: false)
        let first = lines.isEmpty ? "" : String(lines.removeFirst()).printable
        Console.out(indent + label(message.type.rawValue, .green) + first)
        for line in lines {
            Console.out(indent + String(repeating: " ", count: Self.labelWidth) + String(line).printable)
        }
    }

    private func content(of message: ToolInvokeMessage) -> String {
        switch message.type {
        case .json: message.jsonObject?.description ?? ""
        case .variable: message.variable.map { "\($0.name) = \($0.value)" } ?? ""
        case .blob: blob(message)
        case .log:
            "\(message.body["label"]?.string ?? "") (\(message.body["status"]?.string ?? "")) \(message.body["data"] ?? [:])"
        case .file: message.meta?["file"]?.description ?? ""
        default: message.text ?? message.body.description
        }
    }

    private func blob(_ message: ToolInvokeMessage) -> String {
        let size = Data(base64Encoded: message.body["blob"]?.string ?? "")?.count ?? 0
        let details = [message.meta?["mime_type"]?.string, message.meta?["filename"]?.string].compactMap(\.self)
        return (["\(size) bytes"] + details).joined(separator: ", ")
    }

    private static let labelWidth = 12

    private func label(_ text: String, _ style: Console.Style) -> String {
        let padding = String(repeating: " ", count: max(1, Self.labelWidth - text.count))
        return Console.styled(text, style) + padding
    }
}
