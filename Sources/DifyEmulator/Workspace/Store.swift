import GRDB
import Foundation

/// A SQLite database of workspaces, in memory or in a file.
///
/// A file is kept in WAL mode: several processes may have it open, many read while one writes. Programs reach it
/// through ``Platform``.
public final class Store: Sendable {
    /// Where a store lives.
    public enum Location: Sendable, Hashable {
        /// Gone with the process.
        case inMemory
        /// A file, made when it does not exist.
        case file(String)
    }

    let location: Location
    let database: any DatabaseWriter

    /// How messages call the store.
    var name: String { location.name }

    /// Opens a store, creating the file and its tables when needed.
    ///
    /// - Parameters:
    ///   - location: Where.
    ///   - creates: Whether a file that does not exist is made; otherwise it is an error.
    /// - Throws: ``StoreError`` for a file that is no store, that is of a newer version, read-only, locked or full.
    init(_ location: Location, creates: Bool) throws(StoreError) {
        self.location = location
        do {
            switch location {
            case .inMemory:
                database = try DatabaseQueue(configuration: Self.configuration)
            case .file(let path):
                guard !path.isEmpty, path != ":memory:" else {
                    throw StoreError("a store is a file; without one the workspace lives in memory")
                }
                if Self.holdsSomething(path) {
                    try Self.inspect(path)
                } else if !creates {
                    throw StoreError(
                        "\(path): there is no such store; `dify-emulator seed FILE --store \(path)` makes one")
                }
                database = try DatabasePool(path: path, configuration: Self.configuration)
            }
            try Schema.migrator.migrate(database)
        } catch {
            throw StoreError(error, path: location.name)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.label = "dify-emulator"
        return configuration
    }

    /// Whether a file would have to be made.
    static func isMissing(_ location: Location) -> Bool {
        if case .file(let path) = location { !holdsSomething(path) } else { false }
    }

    /// Whether there is a file that is not empty. SQLite takes an empty one for a new database.
    private static func holdsSomething(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes.map { $0[.size] as? Int != 0 } ?? false
    }

    /// Looks at an existing file without writing to it.
    private static func inspect(_ path: String) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw StoreError("\(path): this is a folder; name a file in it")
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            throw DatabaseError(resultCode: .SQLITE_READONLY)
        }
        var configuration = configuration
        configuration.readonly = true
        try DatabaseQueue(path: path, configuration: configuration).read { db in
            let tables = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
            let mark = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            guard tables == 0 || mark == Schema.applicationID else {
                throw StoreError("\(path): this is another program's database; name another file")
            }
            guard try !Schema.migrator.hasBeenSuperseded(db) else {
                throw StoreError(
                    "\(path): the store was written by a newer dify-emulator; use that version, or seed a new file")
            }
        }
    }
}

extension Store.Location {
    /// How messages call the store.
    fileprivate var name: String {
        switch self {
        case .inMemory: "store in memory"
        case .file(let path): path
        }
    }
}
