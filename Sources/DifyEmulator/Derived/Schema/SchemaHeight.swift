import DifyProtocol

/// How deep a value must nest at least to satisfy a schema: what leads out of a schema that refers to itself.
struct SchemaHeight {
    /// A value that would never end.
    static let endless = 1000

    private let references: SchemaReferences
    private var remaining = 500

    init(_ references: SchemaReferences) { self.references = references }

    /// The height of the lowest value; ``endless`` when the schema demands itself.
    mutating func of(_ schema: JSONValue, under followed: Set<String> = []) -> Int {
        remaining -= 1
        guard remaining > 0, let object = schema.object else { return schema.bool == false ? Self.endless : 0 }
        if object["const"] != nil || object["enum"] != nil || object["nullable"]?.bool == true { return 0 }
        let types = object.schemaTypes
        if types?.contains("null") == true { return 0 }
        var height = 0
        if types?.contains("object") ?? true {
            for name in object.schemaNames("required") {
                guard let member = object["properties"]?[name] else { continue }
                height = max(height, 1 + of(member, under: followed))
            }
        }
        if types?.contains("array") ?? true, object.schemaCount("minItems") ?? 0 > 0, let item = object.schema("items")
        {
            height = max(height, 1 + of(item, under: followed))
        }
        for part in object.schemaList("allOf") { height = max(height, of(part, under: followed)) }
        for key in ["anyOf", "oneOf"] {
            let branches = object.schemaList(key)
            if !branches.isEmpty { height = max(height, lowest(branches, under: followed)) }
        }
        if let reference = object["$ref"]?.string, let target = references.resolve(reference) {
            guard !followed.contains(reference) else { return Self.endless }
            height = max(height, of(target, under: followed.union([reference])))
        }
        return min(height, Self.endless)
    }

    private mutating func lowest(_ branches: [JSONValue], under followed: Set<String>) -> Int {
        var lowest = Self.endless
        for branch in branches { lowest = min(lowest, of(branch, under: followed)) }
        return lowest
    }
}
