import DifyProtocol

/// Which parts of a value some schema has spoken about: the others are for `unevaluatedProperties` and
/// `unevaluatedItems`.
extension SchemaCheck {
    /// - Parameter isInner: Whether the schema is a part of the one that asks, whose own rest does not count.
    mutating func evaluatedMembers(
        of object: JSONObject, by schema: JSONValue, _ depth: Int, isInner: Bool = false
    ) -> Set<String> {
        guard let schema = schema.object, spend(depth) else { return [] }
        let rule = SchemaMembers(schema)
        let isClosed = rule.additional != nil || (isInner && schema.schema("unevaluatedProperties") != nil)
        var names = Set(object.keys.filter { isClosed || !rule.schemas(for: $0, check: &self).isEmpty })
        for part in appliedParts(of: .object(object), schema, depth) {
            names.formUnion(evaluatedMembers(of: object, by: part, depth + 1, isInner: true))
        }
        for (key, dependent) in schema["dependentSchemas"]?.object ?? [:] where object[key] != nil {
            names.formUnion(evaluatedMembers(of: object, by: dependent, depth + 1, isInner: true))
        }
        return names
    }

    /// - Parameter isInner: As for members.
    mutating func evaluatedItems(
        of elements: [JSONValue], by schema: JSONValue, _ depth: Int, isInner: Bool = false
    ) -> Set<Int> {
        guard let schema = schema.object, spend(depth) else { return [] }
        let rule = SchemaItems(schema)
        let isClosed = rule?.rest != nil || (isInner && schema.schema("unevaluatedItems") != nil)
        var places = Set(isClosed ? elements.indices : elements.indices.prefix(rule?.first.count ?? 0))
        if let wanted = schema.schema("contains") {
            for (index, element) in elements.enumerated() where accepts(element, wanted, depth: depth) {
                places.insert(index)
            }
        }
        for part in appliedParts(of: .array(elements), schema, depth) {
            places.formUnion(evaluatedItems(of: elements, by: part, depth + 1, isInner: true))
        }
        return places
    }

    /// The schemas that a schema applies to the same value with success.
    private mutating func appliedParts(of value: JSONValue, _ schema: JSONObject, _ depth: Int) -> [JSONValue] {
        var parts = schema.schemaList("allOf") + schema.schemaList("anyOf") + schema.schemaList("oneOf")
        if let target = target(of: schema) { parts.append(target) }
        if let condition = schema.schema("if") {
            if accepts(value, condition, depth: depth) {
                parts.append(condition)
                if let consequence = schema.schema("then") { parts.append(consequence) }
            } else if let consequence = schema.schema("else") {
                parts.append(consequence)
            }
        }
        var applied: [JSONValue] = []
        for part in parts where accepts(value, part, depth: depth) { applied.append(part) }
        return applied
    }
}
