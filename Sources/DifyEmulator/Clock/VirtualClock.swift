public import Foundation
import Synchronization

/// A clock on which waiting takes no time: it jumps to the end of the wait.
///
/// With it no test sleeps, and time stamps are the same in every run.
public final class VirtualClock: PlatformClock {
    private let moment: Mutex<Date>

    /// A clock that starts at this moment; by default at the start of 2026, UTC.
    public init(start: Date = Date(timeIntervalSince1970: 1_767_225_600)) { moment = Mutex(start) }

    public var now: Date { moment.withLock { $0 } }

    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        let (seconds, attoseconds) = duration.components
        moment.withLock { $0 += Double(seconds) + Double(attoseconds) / 1e18 }
    }
}
