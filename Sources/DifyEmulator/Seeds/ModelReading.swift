import DifyProtocol

/// Models as seeds write them.
extension SeedReader {
    mutating func model(_ node: SeedNode) -> ModelEntry? {
        let keys = [
            "provider", "model", "type", "default", "dimension", "calls_tools", "pricing", "reply",
            "sequence", "then",
        ]
        guard members(node, of: "a model", keys: keys) != nil else { return nil }
        let provider = requiredText("provider", of: node, "a model")
        let name = requiredText("model", of: node, "a model")
        guard node["type"] != nil else {
            fail(node, "a model needs \"type\": \(ModelType.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        guard let type = word("type", of: node, as: ModelType.self), !provider.isEmpty, !name.isEmpty else {
            return nil
        }
        guard let id = try? ModelProviderID(provider) else {
            fail(node["provider"] ?? node, "a model's \"provider\" is author/plugin/provider; not \"\(provider)\"")
            return nil
        }
        let identity = ModelIdentity(provider: id.description, model: name, type: type)
        only(.llm, "calls_tools", of: node, type)
        only(.textEmbedding, "dimension", of: node, type)
        let model = CatalogModel(
            identity: identity,
            dimension: integer("dimension", of: node, in: 1...65536) ?? CatalogModel.defaultDimension,
            isDefault: flag("default", of: node), callsTools: flag("calls_tools", of: node),
            pricing: pricing(of: node), reply: answer(of: node, under: "reply", for: .call(type.replyType)))
        return ModelEntry(
            identity: identity.description, label: "\(identity.provider) \(name) of type \(type.rawValue)",
            value: model, definition: node.json,
            place: node.place)
    }

    private mutating func only(_ owner: ModelType, _ key: String, of node: SeedNode, _ type: ModelType) {
        guard type != owner, let child = node[key] else { return }
        fail(child, "\"\(key)\" is for models of type \(owner.rawValue); this one is of type \(type.rawValue)")
    }

    private mutating func pricing(of node: SeedNode) -> ModelPricing {
        var pricing = ModelPricing()
        guard let child = node["pricing"] else { return pricing }
        guard members(child, of: "\"pricing\"", keys: ["input", "output", "unit", "currency"]) != nil else {
            return pricing
        }
        pricing.input = price("input", of: child) ?? "0"
        pricing.output = price("output", of: child) ?? "0"
        pricing.unit = price("unit", of: child) ?? "0.000001"
        pricing.currency = optionalText("currency", of: child) ?? "USD"
        return pricing
    }

    private mutating func price(_ key: String, of node: SeedNode) -> String? {
        guard let text = optionalText(key, of: node) else { return nil }
        if text.wholeMatch(of: /[0-9]{1,12}(\.[0-9]{1,12})?/) != nil { return text }
        fail(node[key] ?? node, "\"\(key)\" is \"\(text)\"; it must be a price such as 0.15")
        return nil
    }
}

extension ModelType {
    /// The call whose words a model's own reply is written in.
    fileprivate var replyType: InvocationType {
        switch self {
        case .llm: .llmStructuredOutput
        case .textEmbedding: .textEmbedding
        case .rerank: .rerank
        case .tts: .tts
        case .speechToText: .speechToText
        case .moderation: .moderation
        }
    }
}
