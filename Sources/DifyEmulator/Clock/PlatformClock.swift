public import Foundation

/// Where a platform gets its time from. Delays, time stamps and the time tools use nothing else.
public protocol PlatformClock: Sendable {
    /// The present moment.
    var now: Date { get }

    /// Waits.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled.
    func sleep(for duration: Duration) async throws
}

/// The machine's clock.
public struct RealClock: PlatformClock {
    /// The machine's clock.
    public init() {}

    public var now: Date { Date() }

    public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
