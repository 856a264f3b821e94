import DifyProtocol

/// The keywords for arrays and objects.
extension SchemaCheck {
    mutating func acceptsElements(_ elements: [JSONValue], _ schema: JSONObject, _ depth: Int) -> Bool {
        if let minimum = schema.schemaCount("minItems"), elements.count < minimum { return false }
        if let maximum = schema.schemaCount("maxItems"), elements.count > maximum { return false }
        if schema["uniqueItems"]?.bool == true, Set(elements.map(\.canonical)).count < elements.count { return false }
        let rule = SchemaItems(schema)
        for (index, element) in elements.enumerated() {
            if let item = rule?.schema(at: index), !accepts(element, item, depth: depth) { return false }
        }
        if let wanted = schema.schema("contains") {
            var count = 0
            for element in elements where accepts(element, wanted, depth: depth) { count += 1 }
            if count < schema.schemaCount("minContains") ?? 1 { return false }
            if let maximum = schema.schemaCount("maxContains"), count > maximum { return false }
        }
        guard let rest = schema.schema("unevaluatedItems") else { return true }
        let evaluated = evaluatedItems(of: elements, by: .object(schema), depth)
        for (index, element) in elements.enumerated() where !evaluated.contains(index) {
            if !accepts(element, rest, depth: depth) { return false }
        }
        return true
    }

    mutating func acceptsMembers(_ object: JSONObject, _ schema: JSONObject, _ depth: Int) -> Bool {
        if let minimum = schema.schemaCount("minProperties"), object.count < minimum { return false }
        if let maximum = schema.schemaCount("maxProperties"), object.count > maximum { return false }
        for name in schema.schemaNames("required") where object[name] == nil { return false }
        let rule = SchemaMembers(schema)
        let names = schema.schema("propertyNames")
        for (key, member) in object {
            if let names, !accepts(.string(key), names, depth: depth) { return false }
            for part in rule.schemas(for: key, check: &self) where !accepts(member, part, depth: depth) {
                return false
            }
        }
        guard acceptsDependents(object, schema, depth) else { return false }
        guard let rest = schema.schema("unevaluatedProperties") else { return true }
        let evaluated = evaluatedMembers(of: object, by: .object(schema), depth)
        for (key, member) in object where !evaluated.contains(key) {
            if !accepts(member, rest, depth: depth) { return false }
        }
        return true
    }

    /// `dependentRequired`, `dependentSchemas`, and `dependencies`, which was both before 2019.
    private mutating func acceptsDependents(_ object: JSONObject, _ schema: JSONObject, _ depth: Int) -> Bool {
        for keyword in ["dependentRequired", "dependentSchemas", "dependencies"] {
            for (key, dependent) in schema[keyword]?.object ?? [:] where object[key] != nil {
                if let names = dependent.array {
                    for name in names.compactMap(\.string) where object[name] == nil { return false }
                } else if !accepts(.object(object), dependent, depth: depth) {
                    return false
                }
            }
        }
        return true
    }
}

/// What one schema says about the items of an array.
struct SchemaItems {
    /// Schemas of the first items, each its own: `prefixItems`, before 2020 a list under `items`.
    let first: [JSONValue]
    /// The schema of all items behind them.
    let rest: JSONValue?

    /// - Returns: nil when the schema says nothing about items.
    init?(_ schema: JSONObject) {
        if schema["items"]?.array != nil {
            (first, rest) = (schema.schemaList("items"), schema.schema("additionalItems"))
        } else {
            (first, rest) = (schema.schemaList("prefixItems"), schema.schema("items"))
        }
        if first.isEmpty, rest == nil { return nil }
    }

    func schema(at index: Int) -> JSONValue? { index < first.count ? first[index] : rest }

    /// Most items that can be there; nil without a bound.
    var maximum: Int? { rest?.bool == false ? first.count : nil }
}

/// What one schema says about the members of an object.
struct SchemaMembers {
    let properties: JSONObject
    let patterns: JSONObject
    /// The schema of members that the others say nothing about.
    let additional: JSONValue?

    init(_ schema: JSONObject) {
        properties = schema["properties"]?.object ?? [:]
        patterns = schema["patternProperties"]?.object ?? [:]
        additional = schema.schema("additionalProperties")
    }

    /// The schemas of the member with this name.
    func schemas(for key: String, check: inout SchemaCheck) -> [JSONValue] {
        var schemas = properties[key].map { [$0] } ?? []
        for (pattern, schema) in patterns where check.isFound(pattern, in: key) == true {
            schemas.append(schema)
        }
        return schemas.isEmpty ? additional.map { [$0] } ?? [] : schemas
    }
}
