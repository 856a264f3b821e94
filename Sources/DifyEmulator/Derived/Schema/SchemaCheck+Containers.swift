import DifyProtocol

/// The keywords for arrays and objects.
extension SchemaCheck {
    func acceptsElements(_ elements: [JSONValue], _ schema: JSONObject, _ depth: Int) -> Bool {
        if let minimum = schema.schemaCount("minItems"), elements.count < minimum { return false }
        if let maximum = schema.schemaCount("maxItems"), elements.count > maximum { return false }
        if schema["uniqueItems"]?.bool == true, hasDuplicate(elements) { return false }
        if let rule = SchemaItems(schema) {
            for (index, element) in elements.enumerated() {
                if let item = rule.schema(at: index), !accepts(element, item, depth: depth) { return false }
            }
        }
        guard let wanted = schema.schema("contains") else { return true }
        let count = elements.count(where: { accepts($0, wanted, depth: depth) })
        return count >= schema.schemaCount("minContains") ?? 1 && count <= schema.schemaCount("maxContains") ?? .max
    }

    private func hasDuplicate(_ elements: [JSONValue]) -> Bool {
        guard document.work.spend(5 * JSONValue.array(elements).weight) else { return false }
        return Set(elements.map(\.canonical)).count < elements.count
    }

    func acceptsMembers(_ object: JSONObject, _ schema: JSONObject, _ depth: Int) -> Bool {
        if let minimum = schema.schemaCount("minProperties"), object.count < minimum { return false }
        if let maximum = schema.schemaCount("maxProperties"), object.count > maximum { return false }
        if let rule = SchemaMembers(schema), !accepts(object, rule, depth) { return false }
        for keyword in ["dependentSchemas", "dependencies"] {
            for (key, dependent) in schema[keyword]?.object ?? [:] where document.work.spend(3) && object[key] != nil {
                if !accepts(.object(object), dependent, depth: depth) { return false }
            }
        }
        return true
    }

    private func accepts(_ object: JSONObject, _ rule: SchemaMembers, _ depth: Int) -> Bool {
        if !has(rule.required, object) { return false }
        for (key, member) in object {
            guard document.work.spend(60) else { return true }
            if let names = rule.names, !accepts(.string(key), names, depth: depth) { return false }
            if !has(rule.dependents?[key]?.array, object) { return false }
            for part in rule.schemas(for: key, document) where !accepts(member, part, depth: depth) { return false }
        }
        return true
    }

    private func has(_ names: [JSONValue]?, _ object: JSONObject) -> Bool {
        guard let names, document.work.spend(3 * names.count) else { return true }
        return names.allSatisfy { $0.string.map { object[$0] != nil } ?? true }
    }
}

extension JSONValue {
    /// How much there is to compare or copy.
    var weight: Int {
        switch self {
        case .null, .bool, .number: 1
        case .string(let text): 1 + text.utf8.count / 100
        case .array(let elements): elements.reduce(1) { $0 + $1.weight }
        case .object(let object): object.reduce(1) { $0 + 1 + $1.value.weight }
        }
    }
}
