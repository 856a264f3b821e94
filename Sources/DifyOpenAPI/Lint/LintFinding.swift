internal import OrderedCollections

/// Something in an API document that Dify ignores or breaks on.
public struct LintFinding: Sendable, Hashable {
    /// Where: a JSON pointer (RFC 6901) into the document.
    public let pointer: String
    /// What follows for the tools.
    public let consequence: String
}

/// A position in a document, from which findings are told.
struct LintCursor {
    let value: DocumentValue
    let pointer: String

    /// A member of a mapping.
    subscript(key: String) -> LintCursor? {
        value[key].map { LintCursor(value: $0, pointer: "\(pointer)/\(Self.escaped(key))") }
    }

    /// The members of a mapping, in order.
    var members: [(key: String, cursor: LintCursor)] {
        (value.map ?? [:]).map { entry in
            let key = entry.key.keyText
            return (key, LintCursor(value: entry.value, pointer: "\(pointer)/\(Self.escaped(key))"))
        }
    }

    /// The elements of a list.
    var elements: [LintCursor] {
        (value.list ?? []).enumerated().map { LintCursor(value: $0.element, pointer: "\(pointer)/\($0.offset)") }
    }

    private static func escaped(_ key: String) -> String {
        key.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }
}
