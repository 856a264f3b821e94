import DifyProtocol

/// What one schema says about the items of an array.
struct SchemaItems {
    /// Schemas of the first items, each its own: `prefixItems`, before 2020 a list under `items`.
    let first: [JSONValue]
    /// The schema of all items behind them.
    let rest: JSONValue?

    /// - Returns: nil when the schema says nothing about items.
    init?(_ schema: JSONObject) {
        if let list = schema["items"]?.array {
            (first, rest) = (list, schema.schema("additionalItems"))
        } else {
            (first, rest) = (schema["prefixItems"]?.array ?? [], schema.schema("items"))
        }
        if first.isEmpty, rest == nil { return nil }
    }

    func schema(at index: Int) -> JSONValue? { index < first.count ? first[index] : rest }

    /// Most items that can be there.
    var maximum: Int { rest?.bool == false ? first.count : .max }
}

/// What one schema says about the members of an object. Nothing of it is copied or read before it is asked for:
/// a large schema that refers to itself is met at every turn.
struct SchemaMembers {
    let properties: JSONObject?
    let patterns: JSONObject?
    /// The schema of members that the others say nothing about.
    let additional: JSONValue?
    let required: [JSONValue]?
    /// Names that a member brings along, by its own: `dependentRequired`, before 2019 `dependencies`.
    let dependents: JSONObject?
    let names: JSONValue?

    /// - Returns: nil when the schema says nothing about members.
    init?(_ schema: JSONObject) {
        properties = schema["properties"]?.object
        patterns = schema["patternProperties"]?.object
        additional = schema.schema("additionalProperties")
        required = schema["required"]?.array
        dependents = (schema["dependentRequired"] ?? schema["dependencies"])?.object
        names = schema.schema("propertyNames")
        if properties == nil, patterns == nil, additional == nil, required == nil, dependents == nil, names == nil {
            return nil
        }
    }

    /// The schemas of the member with this name.
    func schemas(for key: String, _ document: SchemaDocument) -> [JSONValue] {
        var schemas = properties?[key].map { [$0] } ?? []
        for (pattern, schema) in patterns ?? [:] {
            guard document.work.spend(1) else { break }
            if document.isFound(pattern, in: key) == true { schemas.append(schema) }
        }
        return schemas.isEmpty ? additional.map { [$0] } ?? [] : schemas
    }
}
