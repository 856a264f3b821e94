import GRDB

/// Why a store cannot be used. The file was not changed.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to do about it.
    public let description: String

    init(_ description: String) { self.description = description }

    /// A database error in words.
    init(_ error: any Error, path: String) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            description = "\(path): \(error)"
            return
        }
        description = "\(path): " + Self.words(for: error)
    }

    private static func words(for error: DatabaseError) -> String {
        switch error.resultCode {
        case .SQLITE_NOTADB:
            "this is no SQLite database; name another file, which is created when it does not exist"
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            "the store or its folder is read-only; make both writable or copy the file elsewhere"
        case .SQLITE_FULL: "the disk is full; nothing was written"
        case .SQLITE_CANTOPEN: "the file cannot be opened; its folder must exist and be writable"
        case .SQLITE_BUSY, .SQLITE_LOCKED: "another process holds the store locked; try again when it is done"
        case .SQLITE_CORRUPT: "the database is damaged; restore it or seed a new file"
        case .SQLITE_IOERR: "reading or writing failed: \(error.message ?? "input/output error")"
        default: error.message ?? "SQLite error \(error.resultCode.rawValue)"
        }
    }
}
