import DifyEmulator
import DifyProtocol
import Logging

/// One line for each call, and one below it for each thing there is to say about it.
struct CallLog: Sendable {
    /// Longest text of a call that a line shows.
    private static let maximumLength = 500

    let logger: Logger

    func answered(_ diagnosis: Diagnosis, in workspace: String, _ sent: AnswerTally) {
        write(diagnosis, in: workspace, sent, level: sent.error == nil ? .info : .warning)
    }

    func interrupted(_ diagnosis: Diagnosis, in workspace: String, _ sent: AnswerTally) {
        write(diagnosis, in: workspace, sent, prefix: "the caller left after ", level: .warning)
    }

    func badRequest(_ message: String) { logger.warning("bad request: \(Self.line(message))") }

    private func write(
        _ diagnosis: Diagnosis, in workspace: String, _ sent: AnswerTally, prefix: String = "", level: Logger.Level
    ) {
        guard logger.logLevel <= level else { return }
        let messages = "\(sent.messages) message\(sent.messages == 1 ? "" : "s")"
        let error = sent.error.map { ", then error: \(Self.line($0))" } ?? ""
        logger.log(
            level: level,
            "\(workspace): \(Self.line(diagnosis.call)) -> \(diagnosis.source), \(prefix)\(messages)\(error)")
        for note in diagnosis.notes { logger.log(level: level, "    hint: \(Self.line(note))") }
    }

    /// A text of a caller as one line of bounded length: no name can forge a line or move a terminal's cursor.
    private static func line(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars.prefix(maximumLength) {
            if scalar.properties.generalCategory == .control {
                line += scalar == "\n" ? "\\n" : "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
        return text.unicodeScalars.count > maximumLength ? line + "…" : line
    }
}
