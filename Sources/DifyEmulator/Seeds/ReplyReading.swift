import DifyProtocol

/// Replies as seeds and scripts write them.
extension SeedReader {
    /// Whose reply it is, which decides about the words in it.
    enum ReplyOwner {
        /// A tool; the kind is nil where a script leaves it open.
        case tool(ToolKind?)
        /// A model, an app or a node, by the call that it answers.
        case call(InvocationType)
    }

    private static let commonKeys = ["raw", "error", "refuse"]

    /// The answer under `reply`, `respond` or `sequence` (with `then`) of a node; nil when none of them is there.
    mutating func answer(of node: SeedNode, under key: String, for owner: ReplyOwner) -> ReplySequence? {
        let continuation = word("then", of: node, as: ReplySequence.Continuation.self)
        if let sequence = node["sequence"] {
            if node[key] != nil { fail(sequence, "\"\(key)\" and \"sequence\" exclude each other") }
            let lists = elements(sequence, of: "\"sequence\"").map { items($0, for: owner) }
            if lists.isEmpty { fail(sequence, "\"sequence\" needs at least one list of messages") }
            return ReplySequence(lists: lists, continuation: continuation ?? .repeat)
        }
        if let then = node["then"] { fail(then, "\"then\" goes with \"sequence\"") }
        guard let list = node[key] else { return nil }
        return ReplySequence(lists: [items(list, for: owner)], continuation: .repeat)
    }

    /// A list of items.
    mutating func items(_ node: SeedNode, for owner: ReplyOwner) -> [ReplyItem] {
        guard case .list(let elements) = node.value else {
            fail(node, "a reply is \(node.kind); it must be a list of messages such as `- text: hello`")
            return []
        }
        var items: [ReplyItem] = []
        var ending: String?
        var isAnswered = false
        for element in elements {
            guard let item = item(element, for: owner) else { continue }
            if item.isWholeAnswer(for: owner) {
                if isAnswered { fail(element, "this call has one answer, which stands above already") }
                isAnswered = true
            }
            if case .refuse = item.content, elements.count > 1 {
                fail(element, "\"refuse\" comes before the first byte, so it must be the only item")
            } else if let ending {
                fail(element, "\"\(ending)\" ends the answer, so this would never be sent")
            }
            ending = ending ?? item.ending
            items.append(item)
        }
        return items
    }

    private mutating func item(_ node: SeedNode, for owner: ReplyOwner) -> ReplyItem? {
        let keys = owner.keys + Self.commonKeys
        guard let members = members(node, of: "a message", keys: keys + owner.besides) else { return nil }
        let named = members.filter { keys.contains($0.key) }
        // An unknown key was told already; it most likely is the one that is missing.
        if named.isEmpty, members.contains(where: { !owner.besides.contains($0.key) }) { return nil }
        guard let member = named.first, named.count == 1 else {
            let found = named.map { "\"\($0.key)\"" }.joined(separator: " and ")
            fail(
                node,
                "a message holds exactly one of \(keys.joined(separator: ", "))\(found.isEmpty ? "" : ", not \(found)")"
            )
            return nil
        }
        let delay = duration("delay", of: node)
        let content: ReplyItem.Content?
        switch owner {
        case _ where Self.commonKeys.contains(member.key):
            if let meta = node["meta"] { fail(meta, "\"meta\" goes with a message, not with \"\(member.key)\"") }
            content = commonItem(member, for: owner)
        case .tool(let kind): content = toolItem(member, meta: node["meta"], for: kind)
        case .call(let type): content = part(member, of: type)
        }
        return content.map { ReplyItem(delay: delay, content: $0) }
    }

    private mutating func commonItem(_ member: SeedNode.Member, for owner: ReplyOwner) -> ReplyItem.Content? {
        let node = member.value
        switch member.key {
        case "refuse": return refusal(node).map(ReplyItem.Content.refuse)
        case "raw":
            guard node.json.object != nil else {
                fail(node, "\"raw\" is \(node.kind); it must be the mapping that travels as \"data\"")
                return nil
            }
            return .raw(.literal(node.json))
        default: return errorItem(node, for: owner)
        }
    }

    private mutating func errorItem(_ node: SeedNode, for owner: ReplyOwner) -> ReplyItem.Content {
        guard case .map = node.value else { return .error(textTemplate(node, what: "\"error\"")) }
        if case .call(.app) = owner, node["raw"] == nil {
            // In a started stream of an app Dify reports errors as data, some with a text that follows from the code.
            _ = members(node, of: "\"error\"", keys: ["code", "message", "status", "raw"])
            if node["code"] == nil || node["message"] != nil { _ = requiredText("message", of: node, "\"error\"") }
            _ = integer("status", of: node, in: 400...599)
            return .part(.errorEvent, jsonTemplate(node, what: "\"error\""))
        }
        _ = members(node, of: "\"error\"", keys: ["raw"])
        return .rawError(requiredText("raw", of: node, "\"error\""))
    }

    private mutating func refusal(_ node: SeedNode) -> Refusal? {
        guard members(node, of: "\"refuse\"", keys: ["status", "message", "code"]) != nil else { return nil }
        let status = integer("status", of: node, in: 400...599) ?? 400
        let codes = [
            400: "invalid_param", 401: "unauthorized", 403: "forbidden", 404: "not_found", 429: "too_many_requests",
        ]
        return Refusal(
            status: status, code: optionalText("code", of: node) ?? codes[status] ?? "internal_server_error",
            message: requiredText("message", of: node, "\"refuse\""))
    }
}

extension SeedReader.ReplyOwner {
    /// The words that are this owner's own.
    fileprivate var keys: [String] {
        switch self {
        case .tool: SeedReader.messageKeys + SeedReader.toolKeys
        case .call(let type): ReplyWord.words(for: type).filter { $0 != .errorEvent }.map(\.rawValue)
        }
    }

    /// What may stand beside a word.
    fileprivate var besides: [String] {
        switch self {
        case .tool: ["delay", "meta"]
        case .call: ["delay"]
        }
    }
}

extension ReplyItem {
    /// Whether this is all that a call can be answered with.
    fileprivate func isWholeAnswer(for owner: SeedReader.ReplyOwner) -> Bool {
        guard case .call(let type) = owner, !type.isStreaming else { return false }
        switch content {
        case .part(let word, _): return word.isWholeAnswer
        case .raw: return true
        default: return false
        }
    }
}
