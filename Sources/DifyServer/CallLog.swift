import DifyEmulator
import DifyProtocol
import Logging

/// One line for each call, and one below it for each thing there is to say about it.
struct CallLog: Sendable {
    let logger: Logger

    func answered(_ diagnosis: Diagnosis, in workspace: String, events: [ReplyEvent]) {
        let hasFailed = events.contains { if case .error = $0 { true } else { false } }
        let level = hasFailed ? Logger.Level.warning : .info
        guard logger.logLevel <= level else { return }
        write(diagnosis, in: workspace, outcome: Self.outcome(events), level: level)
    }

    func interrupted(_ diagnosis: Diagnosis, in workspace: String, events: [ReplyEvent]) {
        write(diagnosis, in: workspace, outcome: "the caller left after " + Self.outcome(events), level: .warning)
    }

    func badRequest(_ message: String) { logger.warning("bad request: \(message)") }

    private func write(_ diagnosis: Diagnosis, in workspace: String, outcome: String, level: Logger.Level) {
        logger.log(level: level, "\(workspace): \(diagnosis.call) -> \(diagnosis.source), \(outcome)")
        for note in diagnosis.notes { logger.log(level: level, "    hint: \(note)") }
    }

    private static func outcome(_ events: [ReplyEvent]) -> String {
        let count = events.count { if case .response = $0 { true } else { false } }
        let messages = "\(count) message\(count == 1 ? "" : "s")"
        for case .error(let text) in events { return "\(messages), then error: \(text.trimmedNewline)" }
        return messages
    }
}

extension String {
    fileprivate var trimmedNewline: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}
