/// A key of a plugin's storage, by the rules of Dify's daemon (`internal/core/persistence/persistence.go`).
///
/// The daemon keeps values as files and takes keys for paths: `a//b`, `/a/b` and `a/x/../b` are one key.
struct StorageKey: Sendable, Hashable {
    /// Longest key that can be set, in bytes. Other operations take any length.
    static let maximumLength = 256

    /// The key as a path below the plugin's folder. Empty for the folder itself (`/`, `.`, `a/..`).
    let path: String

    /// Reads a key.
    ///
    /// - Parameter checksLength: Whether the key is meant for a value that is to be set.
    /// - Throws: ``StorageFault`` in the daemon's words.
    init(_ text: String, checksLength: Bool = false) throws(StorageFault) {
        let path = Self.clean(text)
        guard !Self.climbs(path) else {
            throw StorageFault("invalid key: path traversal attempt detected")
        }
        guard !checksLength || text.utf8.count <= Self.maximumLength else {
            throw StorageFault("key length must be less than 256 characters")
        }
        self.path = path
    }

    /// The paths above this key's under which there can be a value, outermost first: for `a/b/c` the folder itself, `a`
    /// and `a/b`. None is longer than a key that can be set, however long this one is.
    var parents: [String] {
        guard !path.isEmpty else { return [] }
        let start = path.utf8.prefix(Self.maximumLength + 1)
        let slashes = start.indices.filter { start[$0] == UInt8(ascii: "/") }
        return [""] + slashes.map { String(path[..<$0]) }
    }

    /// What Go's `path.Clean` makes of a path, without the slash at its start.
    private static func clean(_ text: String) -> String {
        let isRooted = text.utf8.first == UInt8(ascii: "/")
        var kept: [String] = []
        for part in text.utf8.split(separator: UInt8(ascii: "/")) {
            let name = String(Substring(part))
            switch name {
            case ".": continue
            case "..":
                if let last = kept.last, last != ".." {
                    kept.removeLast()
                } else if !isRooted {
                    kept.append(name)
                }
            default: kept.append(name)
            }
        }
        return kept.joined(separator: "/")
    }

    /// Whether the daemon takes a clean path for an attempt to leave the plugin's folder. A name like `a..b` is enough.
    private static func climbs(_ path: String) -> Bool {
        let bytes = path.utf8
        let dot = UInt8(ascii: ".")
        return bytes.contains(UInt8(ascii: "\\")) || zip(bytes, bytes.dropFirst()).contains { $0 == dot && $1 == dot }
    }
}

/// Why the daemon does not carry a storage operation out.
struct StorageFault: Error, Sendable, Hashable {
    /// The daemon's text for the cause, without the words that it puts before it.
    let message: String
    /// What there is to say to the plugin's author.
    let notes: [String]

    init(_ message: String, notes: [String] = []) {
        self.message = message
        self.notes = notes
    }
}
