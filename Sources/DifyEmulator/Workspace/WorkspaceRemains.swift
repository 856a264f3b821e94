import DifyProtocol
import Foundation
import GRDB

/// What calls left behind in a workspace, for its export.
struct WorkspaceRemains {
    let stored: [(plugin: String, path: String, value: [UInt8]?)]
    /// With those that seeds put there.
    let kept: [UploadedFile]
    let continued: [ConversationRecord]
    /// The sessions of end users, by id: an upload tells only the id.
    let sessions: [String: String]

    /// The storage of all plugins: what they wrote in place of what the seed gave them.
    func storage(over seeded: [StoredEntry]) -> JSONValue {
        var values: [(plugin: String, path: String, value: [UInt8]?)] = seeded.map {
            ($0.value.plugin, $0.value.key, $0.value.bytes)
        }
        let indices = Dictionary(
            values.enumerated().map { ("\($0.element.plugin) \($0.element.path)", $0.offset) },
            uniquingKeysWith: { first, _ in first })
        for own in stored {
            if let index = indices["\(own.plugin) \(own.path)"] {
                values[index] = own
            } else {
                values.append(own)
            }
        }
        var order: [String] = []
        var plugins: [String: [(String, JSONValue)]] = [:]
        for (plugin, path, value) in values {
            guard let value else { continue }
            if plugins[plugin] == nil { order.append(plugin) }
            plugins[plugin, default: []].append((path, Self.json(value)))
        }
        return .object(JSONObject(order.map { ($0, .object(JSONObject(plugins[$0] ?? []))) }))
    }

    /// The files of the workspace, with their content.
    var files: [JSONValue] {
        kept.map { file in
            var members: JSONObject = [
                "id": .string(file.id), "name": .string(file.name), "mime_type": .string(file.mimeType),
            ]
            members["user"] = session(of: file.user)
            members["base64"] = .string(file.content.base64EncodedString())
            return .object(members)
        }
    }

    /// The conversations: the seed's, with what calls added, then those that calls began.
    func conversations(over seeded: [ConversationEntry]) -> [JSONValue] {
        let additions = Dictionary(continued.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var list = seeded.map { entry -> JSONValue in
            guard let more = additions[entry.identity] else { return entry.definition }
            var members = entry.definition.object ?? [:]
            members["messages"] = .array((members["messages"]?.array ?? []) + more.messages.map(Self.json))
            return .object(members)
        }
        let known = Set(seeded.map(\.identity))
        for conversation in continued where !known.contains(conversation.id) {
            var members: JSONObject = ["id": .string(conversation.id), "app": .string(conversation.appID)]
            members["user"] = session(of: conversation.user)
            members["created_at"] = .integer(conversation.createdAt)
            members["messages"] = .array(conversation.messages.map(Self.json))
            list.append(.object(members))
        }
        return list
    }

    /// What a seed calls a user; nil for one whose session nobody knows.
    private func session(of user: EndUser) -> JSONValue? {
        (user.session.isEmpty ? sessions[user.id] : user.session).map(JSONValue.string)
    }

    private static func json(_ message: ConversationRecord.Message) -> JSONValue {
        [
            "id": .string(message.id), "query": .string(message.query), "answer": .string(message.answer),
            "created_at": .integer(message.createdAt),
        ]
    }

    /// Text where the bytes are such, else base64.
    private static func json(_ bytes: [UInt8]) -> JSONValue {
        guard let text = String(validating: bytes, as: UTF8.self), !text.contains("\0") else {
            return ["base64": .string(Data(bytes).base64EncodedString())]
        }
        return .string(text)
    }
}

extension Store {
    /// What calls left behind in a workspace.
    static func remains(
        of workspace: WorkspaceRecord, _ entries: WorkspaceEntries, in db: Database
    ) throws -> WorkspaceRemains {
        guard let id = workspace.id else {
            return WorkspaceRemains(stored: [], kept: [], continued: [], sessions: [:])
        }
        // Users that no seed names have ids that follow from their sessions: of those only the callers' are known.
        let sessions =
            entries.users.map { ($0.value.id, $0.value.session) }
            + ["", entries.callers.last?.value.user ?? ""].map { session in
                let named = session.isEmpty ? EndUser.anonymousSession : session
                return (ProviderUUID(seed: entries.seed, "user", named).description, named)
            }
        return WorkspaceRemains(
            stored: try storedValues(of: id, in: db), kept: try files(of: workspace, in: db),
            continued: try conversations(of: id, in: db),
            sessions: Dictionary(sessions, uniquingKeysWith: { first, _ in first }))
    }
}
