import DifyProtocol

/// What several schemas that all apply to one value say together: references followed, `allOf` taken apart.
struct SchemaFacts {
    /// No value can satisfy the schemas.
    var isImpossible = false
    /// The schemas say more than the facts below can hold: a value must be checked once it is made.
    var needsCheck = false
    /// How many schemas were read.
    var parts = 0
    /// The references that led here.
    var followed: Set<String> = []

    /// The allowed types in order; nil when any is allowed.
    var types: [String]?
    var excludedTypes: Set<String> = []
    var isNullable = false
    /// The only values that are allowed, from `const` or `enum`.
    var listed: [JSONValue]?
    /// Values that the schemas' author suggests: examples, then defaults.
    var examples: [JSONValue] = []
    var defaults: [JSONValue] = []

    var lower: [SchemaBound] = []
    var upper: [SchemaBound] = []
    var divisors: [JSONNumber] = []

    var lengths = SchemaCounts()
    var patterns: [String] = []
    var format: String?

    var itemCounts = SchemaCounts()
    var isUnique = false
    var items: [SchemaItems] = []
    /// What an array must contain, how often, and whether no more often than that.
    var contained: [(schema: JSONValue, count: Int, isLimited: Bool)] = []

    var memberCounts = SchemaCounts()
    var members: [SchemaMembers] = []
    var omitted: Set<String> = []

    /// Lists of schemas of each of which one must apply: `anyOf`, `oneOf`, and the two ways through `if`.
    var alternatives: [[JSONValue]] = []

    init(_ schemas: [JSONValue], _ document: SchemaDocument) {
        for schema in schemas { absorb(schema, document) }
    }

    /// Adds what one more schema says.
    mutating func absorb(_ schema: JSONValue, _ document: SchemaDocument) {
        var pending = [schema]
        var position = 0
        while position < pending.count, document.work.spend(250) {
            let part = pending[position]
            position += 1
            parts += 1
            if part.bool == false { isImpossible = true }
            guard let object = part.object else { continue }
            guard document.work.spend(object.schemaListLength) else { return }
            readValues(object)
            readNumberAndText(object)
            readItems(object)
            readMembers(object, document)
            readChoices(object)
            if let target = document.target(of: object), followed.insert(object["$ref"]?.string ?? "").inserted {
                pending.append(target)
            }
            pending += object.schemaList("allOf")
        }
    }

    // MARK: - Keywords

    private mutating func readValues(_ schema: JSONObject) {
        if let names = schema.schemaTypes {
            types = types.map { Self.common($0, names) } ?? names
            if types?.isEmpty == true { isImpossible = true }
        }
        if schema["nullable"]?.bool == true { isNullable = true }
        if let constant = schema["const"] { listed = [constant] }
        if let values = schema["enum"]?.array, listed == nil { listed = values }
        examples += schema["examples"]?.array?.prefix(20) ?? []
        if let example = schema["example"] { examples.append(example) }
        if let value = schema["default"] { defaults.append(value) }
    }

    /// The types that both lists allow.
    private static func common(_ first: [String], _ second: [String]) -> [String] {
        first.compactMap { type in
            if second.contains(type) || (type == "integer" && second.contains("number")) { return type }
            return type == "number" && second.contains("integer") ? "integer" : nil
        }
    }

    private mutating func readNumberAndText(_ schema: JSONObject) {
        lower += schema.schemaBounds("minimum", exclusive: "exclusiveMinimum")
        upper += schema.schemaBounds("maximum", exclusive: "exclusiveMaximum")
        if let divisor = schema.schemaDivisor { divisors.append(divisor) }
        lengths.narrow(schema, "minLength", "maxLength")
        if let pattern = schema["pattern"]?.string { patterns.append(pattern) }
        if format == nil { format = schema["format"]?.string }
    }

    private mutating func readItems(_ schema: JSONObject) {
        itemCounts.narrow(schema, "minItems", "maxItems")
        if schema["uniqueItems"]?.bool == true { isUnique = true }
        if let rule = SchemaItems(schema) { items.append(rule) }
        guard let wanted = schema.schema("contains") else { return }
        let count = min(schema.schemaCount("minContains") ?? 1, SchemaValue.maximumItems)
        contained.append((wanted, count, schema["maxContains"] != nil))
        needsCheck = true
    }
}
