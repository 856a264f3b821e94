import DifyProtocol
import Foundation

/// What a workspace knows beside its catalogue, as seeds write it: users, stored values, files, conversations.
extension SeedReader {
    // MARK: - Who calls

    mutating func caller(_ node: SeedNode) -> CallerEntry? {
        guard members(node, of: "\"caller\"", keys: ["plugin", "user"]) != nil else { return nil }
        var caller = Caller.unnamed
        if let plugin = optionalText("plugin", of: node) {
            if !Caller.isPluginID(plugin) {
                fail(node["plugin"] ?? node, "a plugin is author/name, of a-z 0-9 _ and - only; not \"\(plugin)\"")
            }
            caller.plugin = plugin
        }
        caller.user = optionalText("user", of: node) ?? ""
        return CallerEntry(
            identity: "caller", label: "caller", value: caller, definition: node.json, place: node.place)
    }

    mutating func user(_ node: SeedNode, seed: Int) -> UserEntry? {
        guard members(node, of: "a user", keys: ["id", "session", "name"]) != nil else { return nil }
        let session = requiredText("session", of: node, "a user")
        _ = optionalText("name", of: node)
        let id = providerID(of: node, derivedFrom: "user", session, seed: seed).description
        return UserEntry(
            identity: id, label: "\"\(session)\"", value: EndUser(id: id, session: session),
            definition: node.json.with("id", id), place: node.place)
    }

    // MARK: - What derived answers need

    mutating func flagged(_ node: SeedNode) -> FlaggedEntry? {
        guard members(node, of: "\"moderation\"", keys: ["flagged"]) != nil else { return nil }
        let words = elements(node["flagged"], of: "\"flagged\"").compactMap { text($0, what: "a flagged word") }
        if words.contains("") { fail(node["flagged"] ?? node, "an empty word would flag every text") }
        return FlaggedEntry(
            identity: "moderation", label: "moderation", value: words, definition: node.json, place: node.place)
    }

    mutating func transcripts(_ node: SeedNode) -> [TranscriptEntry] {
        guard case .map(let members) = node.value else {
            fail(node, "\"transcripts\" is \(node.kind); it must be a mapping of SHA-256 sums to texts")
            return []
        }
        return members.compactMap { transcript($0.key, $0.value, at: $0.place) }
    }

    /// An entry as the store keeps it: `{sha256, text}`.
    mutating func transcript(_ node: SeedNode) -> TranscriptEntry? {
        transcript(requiredText("sha256", of: node, "a transcript"), node["text"] ?? node, at: node.place)
    }

    private mutating func transcript(_ sum: String, _ node: SeedNode, at place: SeedPlace) -> TranscriptEntry? {
        guard sum.wholeMatch(of: /[0-9a-fA-F]{64}/) != nil else {
            fail(at: place, "a transcript belongs to the audio's SHA-256 sum, 64 hex digits; not \"\(sum)\"")
            return nil
        }
        guard let text = text(node, what: "a transcript") else { return nil }
        let key = sum.lowercased()
        return TranscriptEntry(
            identity: key, label: key, value: text, definition: ["sha256": .string(key), "text": .string(text)],
            place: place)
    }

    // MARK: - Storage

    /// `storage`: a mapping of plugins to mappings of keys to values.
    mutating func storedValues(_ node: SeedNode) -> [StoredEntry] {
        guard case .map(let plugins) = node.value else {
            fail(node, "\"storage\" is \(node.kind); it must be a mapping of plugins to their keys and values")
            return []
        }
        var entries: [StoredEntry] = []
        for plugin in plugins {
            if !Caller.isPluginID(plugin.key) {
                fail(at: plugin.place, "storage belongs to a plugin, author/name; not \"\(plugin.key)\"")
            }
            guard case .map(let values) = plugin.value.value else {
                fail(plugin.value, "a plugin's storage is \(plugin.value.kind); it must be a mapping of keys to values")
                continue
            }
            for value in values {
                let entry = storedValue(plugin.key, value.key, value.value, at: value.place)
                if let entry { entries.append(entry) }
            }
        }
        return entries
    }

    /// An entry as the store keeps it: `{plugin, key, value}`.
    mutating func storedValue(_ node: SeedNode) -> StoredEntry? {
        storedValue(
            requiredText("plugin", of: node, "a stored value"), requiredText("key", of: node, "a stored value"),
            node["value"] ?? node, at: node.place)
    }

    private mutating func storedValue(
        _ plugin: String, _ key: String, _ node: SeedNode, at place: SeedPlace
    ) -> StoredEntry? {
        guard !key.isEmpty else {
            fail(at: place, "a stored value needs a key that is not empty")
            return nil
        }
        guard let clean = try? StorageKey(key, checksLength: true) else {
            fail(at: place, "Dify refuses the key \"\(key.prefix(80))\": no .. or \\, at most 256 bytes")
            return nil
        }
        let bytes: [UInt8]?
        if case .map = node.value {
            _ = members(node, of: "a stored value", keys: ["base64"])
            bytes = decodedBase64(node)
        } else {
            bytes = text(node, what: "a stored value").map { Array($0.utf8) }
        }
        guard let bytes else { return nil }
        let definition: JSONValue = ["plugin": .string(plugin), "key": .string(key), "value": node.json]
        return StoredEntry(
            identity: "\(plugin) \(clean.path)", label: "\(key) of \(plugin)",
            value: StoredValue(plugin: plugin, key: clean.path, bytes: bytes), definition: definition, place: place)
    }

    /// The bytes under `base64`.
    mutating func decodedBase64(_ node: SeedNode) -> [UInt8]? {
        let text = requiredText("base64", of: node, "a value of bytes")
        guard let data = Data(base64Encoded: text) else {
            fail(node["base64"] ?? node, "\"base64\" is no standard base64 (alphabet A-Z a-z 0-9 + /, padded with =)")
            return nil
        }
        return Array(data)
    }

    // MARK: - Files and conversations

    /// - Parameter read: Gets the bytes of a file that the seed names.
    mutating func file(
        _ node: SeedNode, seed: Int, read: (String) -> Result<Data, SeedFileError>
    ) -> SeededFile? {
        let keys = ["id", "name", "mime_type", "user", "base64", "text", "path"]
        guard members(node, of: "a file", keys: keys) != nil else { return nil }
        let name = requiredText("name", of: node, "a file")
        let content: [UInt8]?
        switch (node["base64"], node["text"], node["path"]) {
        case (.some, nil, nil): content = decodedBase64(node)
        case (nil, .some(let child), nil): content = text(child, what: "\"text\"").map { Array($0.utf8) }
        case (nil, nil, .some(let child)):
            switch read(text(child, what: "\"path\"") ?? "") {
            case .success(let data): content = Array(data)
            case .failure(let error):
                fail(child, error.description)
                content = nil
            }
        default:
            fail(node, "a file needs one of \"base64\", \"text\" and \"path\"")
            content = nil
        }
        let id = optionalText("id", of: node).map { ($0, ProviderUUID($0)) }
        if let id, id.1 == nil { fail(node["id"] ?? node, "a file's \"id\" must be a UUID; not \"\(id.0)\"") }
        guard let content else { return nil }
        return SeededFile(
            id: id?.1, name: name, mimeType: optionalText("mime_type", of: node) ?? Self.mimeType(of: name),
            user: optionalText("user", of: node) ?? "", content: content, place: node.place)
    }

    /// The type of a file about which the seed says nothing.
    private static func mimeType(of name: String) -> String {
        let guessed = MediaType.guessed(from: name)
        return guessed.isEmpty ? "application/octet-stream" : guessed
    }

    mutating func conversation(_ node: SeedNode, seed: Int) -> ConversationEntry? {
        guard members(node, of: "a conversation", keys: ["id", "app", "user", "created_at", "messages"]) != nil else {
            return nil
        }
        let app = requiredText("app", of: node, "a conversation")
        let user = optionalText("user", of: node) ?? ""
        let messages = elements(node["messages"], of: "\"messages\"")
        let id = providerID(of: node, derivedFrom: "conversation", app + "\n" + user, seed: seed).description
        let created = integer("created_at", of: node, in: 0...Int.max) ?? 0
        let turns = messages.enumerated().compactMap { index, message -> SeededConversation.Message? in
            guard members(message, of: "a message", keys: ["id", "query", "answer", "created_at"]) != nil else {
                return nil
            }
            return SeededConversation.Message(
                id: optionalText("id", of: message) ?? ProviderUUID(seed: seed, "message", id, "\(index)").description,
                query: optionalText("query", of: message) ?? "", answer: optionalText("answer", of: message) ?? "",
                createdAt: integer("created_at", of: message, in: 0...Int.max) ?? created)
        }
        return ConversationEntry(
            identity: id, label: id,
            value: SeededConversation(id: id, app: app, user: user, createdAt: created, messages: turns),
            definition: node.json.with("id", id), place: node.place)
    }
}
