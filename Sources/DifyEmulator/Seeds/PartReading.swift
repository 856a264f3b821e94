import DifyProtocol
import Foundation

/// Parts of the replies of models, apps and nodes as seeds and scripts write them.
extension SeedReader {
    /// The members of a usage, which differ between language models and embeddings; the platform adds two times.
    private static func usageKeys(for type: InvocationType) -> [String] {
        let model = [
            "prompt_tokens", "prompt_unit_price", "prompt_price_unit", "prompt_price", "completion_tokens",
            "completion_unit_price", "completion_price_unit", "completion_price", "total_tokens", "total_price",
            "currency", "latency",
        ]
        return switch type {
        case .textEmbedding, .multimodalEmbedding:
            ["tokens", "total_tokens", "unit_price", "price_unit", "total_price", "currency", "latency"]
        case .app: model + ["time_to_first_token", "time_to_generate"]
        default: model
        }
    }

    /// One word with its value, checked as far as the word decides.
    mutating func part(_ member: SeedNode.Member, of type: InvocationType) -> ReplyItem.Content? {
        guard let word = ReplyWord(rawValue: member.key) else { return nil }
        let (node, what) = (member.value, "\"\(member.key)\"")
        switch word.shape {
        case .text: return text(node, of: word)
        case .flag:
            if node.json.bool != nil { return .part(word, .literal(node.json)) }
            fail(node, "\(what) is \(node.kind); it must be true or false")
            return nil
        case .mapping:
            guard checkMapping(node, of: word, in: type) else { return nil }
        case .mappings:
            guard checkList(node, what, of: "mappings", where: { $0.object != nil }) else { return nil }
            checkMembers(node, of: word)
        case .numbers:
            guard checkList(node, what, of: "numbers", where: { $0.number != nil }) else { return nil }
        case .vectors:
            let isVector = { (value: JSONValue) in value.array?.allSatisfy { $0.number != nil } == true }
            guard checkList(node, what, of: "lists of numbers", where: isVector) else { return nil }
        case .toolCalls: return toolCalls(node)
        case .bytes: return bytes(node, of: word)
        }
        return .part(word, jsonTemplate(node, what: what))
    }

    private mutating func text(_ node: SeedNode, of word: ReplyWord) -> ReplyItem.Content? {
        let what = "\"\(word.rawValue)\""
        guard case .map = node.value else { return .part(word, .text(textTemplate(node, what: what))) }
        // {raw: …}: a text that is no template, for texts that hold braces themselves.
        guard members(node, of: what, keys: ["raw"]) != nil else { return nil }
        return .part(word, .literal(.string(requiredText("raw", of: node, what))))
    }

    private mutating func checkMapping(_ node: SeedNode, of word: ReplyWord, in type: InvocationType) -> Bool {
        let what = "\"\(word.rawValue)\""
        if word == .usage { return checkUsage(node, keys: Self.usageKeys(for: type)) }
        if let keys = word.memberKeys { return members(node, of: what, keys: keys) != nil }
        if case .map = node.value { return true }
        fail(node, "\(what) is \(node.kind); it must be a mapping")
        return false
    }

    /// The members of each mapping of a list.
    private mutating func checkMembers(_ node: SeedNode, of word: ReplyWord) {
        guard let keys = word.memberKeys, case .list(let elements) = node.value else { return }
        for element in elements { _ = members(element, of: "an element of \"\(word.rawValue)\"", keys: keys) }
    }

    private mutating func checkUsage(_ node: SeedNode, keys: [String]) -> Bool {
        guard let members = members(node, of: "\"usage\"", keys: keys) else { return false }
        for member in members where member.key.hasSuffix("_tokens") || member.key == "tokens" {
            if member.value.json.number?.integer == nil {
                fail(member.value, "\"\(member.key)\" is \(member.value.kind); it must be a whole number")
            }
        }
        return true
    }

    private mutating func checkList(
        _ node: SeedNode, _ what: String, of kind: String, where isFitting: (JSONValue) -> Bool
    ) -> Bool {
        guard let elements = node.json.array, elements.allSatisfy(isFitting) else {
            fail(node, "\(what) must be a list of \(kind)")
            return false
        }
        return true
    }

    private mutating func toolCalls(_ node: SeedNode) -> ReplyItem.Content? {
        let calls = elements(node, of: "\"tool_calls\"").map { element -> JSONTemplate in
            if element.json.string != nil { return jsonTemplate(element, what: "a tool call") }
            guard members(element, of: "a tool call", keys: ["name", "arguments", "id"]) != nil else {
                return .literal(.null)
            }
            _ = requiredText("name", of: element, "a tool call")
            return jsonTemplate(element, what: "a tool call")
        }
        return .part(.toolCalls, .array(calls))
    }

    private mutating func bytes(_ node: SeedNode, of word: ReplyWord) -> ReplyItem.Content? {
        let what = "\"\(word.rawValue)\""
        guard members(node, of: what, keys: ["base64", "hex", "mime_type"]) != nil else { return nil }
        var value: JSONObject = [:]
        switch (optionalText("base64", of: node), optionalText("hex", of: node)) {
        case (let encoded?, nil):
            guard let data = Data(base64Encoded: encoded) else {
                fail(node["base64"] ?? node, "\"base64\" is no standard base64")
                return nil
            }
            value["hex"] = .string(HexText.encode(data))
        case (nil, let hex?):
            guard (try? HexText.decode(hex)) != nil else {
                fail(node["hex"] ?? node, "\"hex\" must be pairs of the digits 0-9 a-f")
                return nil
            }
            value["hex"] = .string(hex.lowercased())
        default:
            fail(node, "\(what) needs either \"base64\" or \"hex\"")
            return nil
        }
        if let type = optionalText("mime_type", of: node) { value["mime_type"] = .string(type) }
        return .part(word, .literal(.object(value)))
    }
}
