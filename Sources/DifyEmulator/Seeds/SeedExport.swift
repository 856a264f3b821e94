public import DifyProtocol
import Yams

/// A workspace written as a seed, which loads to the same workspace.
public struct SeedExport: Sendable {
    /// The seed as a value: `workspace`, `seed`, then the entries in order and what calls have left behind.
    public let json: JSONValue

    /// The seed as YAML.
    public func yaml() throws -> String {
        try serialize(node: Self.node(json), indent: 2, width: -1, allowUnicode: true)
    }

    init(name: String, entries: WorkspaceEntries, left: WorkspaceRemains) {
        let apis = entries.apis.map { entry -> JSONValue in
            var members = entry.definition.object ?? [:]
            // A text of one line would be taken for a path.
            let text = entry.provider.document.text
            members["schema"] = .string(text.contains("\n") ? text : text + "\n")
            return .object(members)
        }
        let transcripts = entries.transcripts.map { ($0.identity, JSONValue.string($0.value)) }
        let members: [(String, JSONValue)] = [
            ("caller", entries.callers.last?.definition ?? [:]), ("users", .array(entries.users.map(\.definition))),
            ("plugins", .array(entries.plugins.map(\.definition))),
            ("workflows", .array(entries.workflows.map(\.definition))), ("apis", .array(apis)),
            ("models", .array(entries.models.map(\.definition))), ("apps", .array(entries.apps.map(\.definition))),
            ("moderation", entries.flagged.last?.definition ?? [:]),
            ("transcripts", .object(JSONObject(transcripts))), ("storage", left.storage(over: entries.storage)),
            ("files", .array(left.files)), ("conversations", .array(left.conversations(over: entries.conversations))),
            ("scripts", .array(entries.scripts.map(\.definition))),
        ]
        var root: JSONObject = ["workspace": .string(name), "seed": .integer(entries.seed)]
        if entries.profile != .current { root["profile"] = .string(entries.profile.description) }
        for (key, value) in members where value != [] && value != [:] { root[key] = value }
        json = .object(root)
    }

    private static func node(_ value: JSONValue) -> Node {
        switch value {
        case .object(let object): Node(object.map { (text($0.key), node($0.value)) })
        case .array(let elements): Node(elements.map(node))
        case .string(let string): text(string)
        default: Node(value.description, Tag(.implicit), .plain)
        }
    }

    /// Plain where that reads back as the same text, a block for several lines, else in quotes.
    private static func text(_ string: String) -> Node {
        if string.contains("\n") { return Node(string, Tag(.str), .literal) }
        let isPlain =
            string.wholeMatch(of: /[A-Za-z][A-Za-z0-9_.\/-]*(?: [A-Za-z0-9_.\/-]+)*/) != nil
            && !["true", "false", "null", "yes", "no", "on", "off"].contains(string.lowercased())
        return Node(string, Tag(isPlain ? .implicit : .str), isPlain ? .plain : .doubleQuoted)
    }
}

extension Store {
    /// A workspace as a seed.
    func export(_ workspace: String) throws(StoreError) -> SeedExport {
        try reading { db in
            guard let record = try Self.workspace(named: workspace, in: db) else {
                throw StoreError("\(name): there is no workspace \(workspace)")
            }
            let entries = try Self.entries(of: record, in: db)
            return SeedExport(
                name: workspace, entries: entries, left: try Self.remains(of: record, entries, in: db))
        }
    }
}
