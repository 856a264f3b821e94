import Foundation
import Logging

/// Log lines on standard error: the time, and what happened.
struct ConsoleLog: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    static func logger() -> Logger { Logger(label: "dify-emulator") { _ in ConsoleLog() } }

    func log(event: LogEvent) {
        let time = Date().formatted(
            .verbatim(
                "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)",
                timeZone: .current, calendar: .current))
        let text = "\(event.message)"
        let line =
            event.level >= .warning ? Console.styled(text, .yellow, on: STDERR_FILENO) : text
        Console.note("\(Console.styled(time, .dim, on: STDERR_FILENO)) \(line)")
    }
}
