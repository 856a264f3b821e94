import GRDB
import Synchronization

/// Notices what other processes write to a store's file.
///
/// SQLite counts changes by other connections in `data_version`; asking for it costs microseconds and no lock.
final class StoreWatcher: Sendable {
    private static let interval = Duration.milliseconds(100)

    private let task: Mutex<Task<Void, Never>?> = Mutex(nil)

    /// Starts watching.
    ///
    /// - Parameter onChange: Called after each change, off the path of any call.
    init(path: String, onChange: @escaping @Sendable () -> Void) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let connection = try DatabaseQueue(path: path, configuration: configuration)
        let initial = try Self.version(connection)
        let watching = Task.detached(priority: .utility) {
            var last = initial
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.interval)
                // A busy or vanished file is looked at again next time.
                guard let version = try? Self.version(connection), version != last else { continue }
                last = version
                onChange()
            }
        }
        task.withLock { $0 = watching }
    }

    deinit { task.withLock { $0?.cancel() } }

    private static func version(_ connection: DatabaseQueue) throws -> Int {
        // Not within a transaction: the pragma must see what was committed since.
        try connection.unsafeReentrantRead { db in try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
    }
}
