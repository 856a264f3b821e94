import DifyProtocol

/// What was sent of an answer, for the log.
struct AnswerTally: Sendable {
    private(set) var messages = 0
    private(set) var error: String?
    /// Whether the answer's end was sent.
    private(set) var isComplete = false

    init(_ events: [ReplyEvent] = []) { count(events) }

    mutating func count(_ events: [ReplyEvent]) {
        for event in events {
            switch event {
            case .response: messages += 1
            case .error(let failure): error = failure.text
            case .end: isComplete = true
            }
        }
    }
}
