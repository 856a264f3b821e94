import DifyProtocol

/// The events of an app's stream as they come to be, and the time that passes before each.
struct AppEventList {
    /// The events so far. The delay of each counts from the one before.
    private(set) var events: [(delay: Duration, event: JSONObject)] = []
    /// How long the run takes so far.
    private(set) var elapsed = Duration.zero
    private var pending = Duration.zero

    /// Lets time pass before the next event.
    mutating func wait(_ delay: Duration) {
        elapsed += delay
        pending += delay
    }

    /// Appends an event.
    mutating func send(_ event: JSONObject) {
        events.append((pending, event))
        pending = .zero
    }

    /// Appends what a seed wrote as it is to stream.
    mutating func send(verbatim part: AppPart, of run: AppRun) {
        switch part {
        case .events(let items):
            for item in items { send(run.completed(item)) }
        case .raw(let object): send(object)
        default: break
        }
    }
}
