import Synchronization

/// The keys whose values the daemon has in its cache: loaded in the last five minutes, and not set or deleted since.
///
/// Only `deleted_num` shows them, which counts what goes out of the cache and not what goes out of the storage.
final class LoadedKeys: Sendable {
    private struct Entry: Hashable {
        let plugin: String
        let key: String
    }

    /// How long a value stays, in seconds.
    private static let lifetime = 300
    /// Most keys that are remembered. Keys come from callers.
    private static let maximum = 10_000

    /// When each value was loaded, Unix time in seconds.
    private let moments: Mutex<[Entry: Int]> = Mutex([:])

    /// Remembers that a value was loaded. One that was still in the cache stays there no longer for it.
    func insert(_ key: String, of plugin: String, now: Int) {
        let entry = Entry(plugin: plugin, key: key)
        moments.withLock { moments in
            if let moment = moments[entry], now - moment < Self.lifetime { return }
            if moments.count >= Self.maximum { moments = moments.filter { now - $0.value < Self.lifetime } }
            if moments.count < Self.maximum { moments[entry] = now }
        }
    }

    /// Forgets a value.
    ///
    /// - Returns: Whether it was there.
    @discardableResult
    func remove(_ key: String, of plugin: String, now: Int) -> Bool {
        let moment = moments.withLock { $0.removeValue(forKey: Entry(plugin: plugin, key: key)) }
        return moment.map { now - $0 < Self.lifetime } ?? false
    }
}
