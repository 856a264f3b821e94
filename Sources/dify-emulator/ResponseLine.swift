import DifyEmulator
import DifyProtocol

/// What one response of a model or an app says, for people.
struct ResponseLine {
    /// What it is: `chunk`, an event's name, or `answer` for a whole one.
    let label: String
    let text: String

    /// - Returns: nil for what has no such line and is best shown as it is.
    init?(_ data: JSONValue) {
        if let chunk = LLMChunk(wire: data) {
            label = "chunk"
            text = Self.text(of: chunk)
        } else if let event = AppEvent(wire: data), event.name != nil || event.data != nil {
            label = event.name ?? "answer"
            text = event.answer ?? Self.text(of: event.data ?? [:])
        } else {
            return nil
        }
    }

    private static func text(of chunk: LLMChunk) -> String {
        var parts = [chunk.content.string ?? chunk.content.description].filter { !$0.isEmpty }
        parts += chunk.toolCalls.map { "\($0.name) \($0.arguments)" }
        parts += chunk.structuredOutput.map { [JSONValue.object($0).description] } ?? []
        if let reason = chunk.finishReason, !reason.isEmpty { parts.append("(\(reason))") }
        if let usage = chunk.usage {
            parts.append("\(usage.totalTokens) tokens, \(usage.totalPrice) \(usage.currency)")
        }
        return parts.joined(separator: " ")
    }

    /// Of a run or a node: its title, how it ended, and with what.
    private static func text(of data: JSONObject) -> String {
        let words = ["title", "status", "error", "text"].compactMap { data[$0]?.string }
        let outputs = data["outputs"]?.object.map { [JSONValue.object($0).description] } ?? []
        return (words + outputs).joined(separator: " ")
    }
}
