import DifyProtocol

/// What several schemas that all apply to one value say together: references followed, `allOf` taken apart.
struct SchemaFacts {
    /// No value can satisfy the schemas.
    private(set) var isImpossible = false
    /// The schemas say more than the facts below can hold: a value must be checked once it is made.
    private(set) var needsCheck = false
    /// The references that led here.
    private(set) var followed: Set<String> = []

    /// The allowed types in order; nil when any is allowed.
    private(set) var types: [String]?
    private(set) var excludedTypes: Set<String> = []
    private(set) var isNullable = false
    /// The only values that are allowed, from `const` or `enum`.
    private(set) var listed: [JSONValue]?
    /// Values that the schemas' author suggests: examples, then defaults.
    private(set) var examples: [JSONValue] = []
    private(set) var defaults: [JSONValue] = []

    private(set) var lower: [SchemaBound] = []
    private(set) var upper: [SchemaBound] = []
    private(set) var divisors: [JSONNumber] = []

    private(set) var minimumLength = 0
    private(set) var maximumLength = Int.max
    private(set) var patterns: [String] = []
    private(set) var format: String?

    private(set) var minimumItems = 0
    private(set) var maximumItems = Int.max
    private(set) var isUnique = false
    private(set) var items: [SchemaItems] = []
    private(set) var restOfItems: JSONValue?
    /// What an array must contain, how often, and whether no more often than that.
    private(set) var contained: [(schema: JSONValue, count: Int, isLimited: Bool)] = []

    /// The schemas of each named member, as an array under its name.
    private(set) var properties: JSONObject = [:]
    private(set) var required: [String] = []
    private(set) var omitted: Set<String> = []
    private(set) var members: [SchemaMembers] = []
    private(set) var restOfMembers: JSONValue?
    private(set) var names: [JSONValue] = []
    private(set) var minimumMembers = 0
    private(set) var maximumMembers = Int.max
    private(set) var dependents: [(key: String, names: [String])] = []

    /// Lists of schemas of each of which one must apply: `anyOf`, `oneOf`, and the two ways through `if`.
    var alternatives: [[JSONValue]] = []

    /// Most schemas that one value is described by.
    private static let maximumParts = 200

    init(_ schemas: [JSONValue], _ references: SchemaReferences) {
        for schema in schemas { absorb(schema, references) }
    }

    /// Adds what one more schema says.
    mutating func absorb(_ schema: JSONValue, _ references: SchemaReferences) {
        var pending = [schema]
        var position = 0
        while position < pending.count, position < Self.maximumParts {
            let part = pending[position]
            position += 1
            if part.bool == false { isImpossible = true }
            guard let object = part.object else { continue }
            readValues(object)
            readNumberAndText(object)
            readItems(object)
            readMembers(object)
            readChoices(object)
            for key in ["$ref", "$dynamicRef", "$recursiveRef"] {
                guard let reference = object[key]?.string, let target = references.resolve(reference) else { continue }
                if followed.insert(reference).inserted { pending.append(target) }
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
        examples += schema["examples"]?.array ?? []
        if let example = schema["example"] { examples.append(example) }
        if let value = schema["default"] { defaults.append(value) }
    }

    /// The types that both lists allow.
    private static func common(_ first: [String], _ second: [String]) -> [String] {
        var result: [String] = []
        for type in first {
            if second.contains(type) || (type == "integer" && second.contains("number")) {
                result.append(type)
            } else if type == "number", second.contains("integer") {
                result.append("integer")
            }
        }
        return result
    }

    private mutating func readNumberAndText(_ schema: JSONObject) {
        lower += schema.schemaBounds("minimum", exclusive: "exclusiveMinimum")
        upper += schema.schemaBounds("maximum", exclusive: "exclusiveMaximum")
        if let divisor = schema.schemaDivisor { divisors.append(divisor) }
        minimumLength = max(minimumLength, schema.schemaCount("minLength") ?? 0)
        maximumLength = min(maximumLength, schema.schemaCount("maxLength") ?? .max)
        if let pattern = schema["pattern"]?.string { patterns.append(pattern) }
        if format == nil { format = schema["format"]?.string }
    }

    private mutating func readItems(_ schema: JSONObject) {
        minimumItems = max(minimumItems, schema.schemaCount("minItems") ?? 0)
        maximumItems = min(maximumItems, schema.schemaCount("maxItems") ?? .max)
        if schema["uniqueItems"]?.bool == true { isUnique = true }
        if let rule = SchemaItems(schema) { items.append(rule) }
        if let rest = schema.schema("unevaluatedItems") {
            restOfItems = rest
            needsCheck = true
        }
        if let wanted = schema.schema("contains") {
            let count = min(schema.schemaCount("minContains") ?? 1, SchemaGenerator.maximumItems)
            contained.append((wanted, count, schema["maxContains"] != nil))
            needsCheck = true
        }
    }

    private mutating func readMembers(_ schema: JSONObject) {
        let rule = SchemaMembers(schema)
        for (key, member) in rule.properties {
            properties[key] = .array((properties[key]?.array ?? []) + [member])
        }
        if rule.additional != nil || !rule.patterns.isEmpty { members.append(rule) }
        let known = Set(required)
        required += schema.schemaNames("required").filter { !known.contains($0) }
        minimumMembers = max(minimumMembers, schema.schemaCount("minProperties") ?? 0)
        maximumMembers = min(maximumMembers, schema.schemaCount("maxProperties") ?? .max)
        if let rest = schema.schema("unevaluatedProperties") {
            restOfMembers = rest
            needsCheck = true
        }
        if let name = schema.schema("propertyNames") { names.append(name) }
        for keyword in ["dependentRequired", "dependentSchemas", "dependencies"] {
            for (key, dependent) in schema[keyword]?.object ?? [:] {
                if let names = dependent.array?.compactMap(\.string) {
                    dependents.append((key, names))
                } else if dependent.isSchema {
                    let with: JSONValue = ["allOf": [["required": [.string(key)]], dependent]]
                    let without: JSONValue = ["not": ["required": [.string(key)]]]
                    alternatives.append(rule.properties[key] == nil ? [without, with] : [with, without])
                }
            }
        }
    }

    private mutating func readChoices(_ schema: JSONObject) {
        for key in ["anyOf", "oneOf"] {
            let branches = schema.schemaList(key)
            if !branches.isEmpty { alternatives.append(branches) }
        }
        if let condition = schema.schema("if"), schema["then"] != nil || schema["else"] != nil {
            let then = schema.schema("then") ?? true
            let otherwise = schema.schema("else") ?? true
            alternatives.append([["allOf": [condition, then]], ["allOf": [otherwise, ["not": condition]]]])
        }
        if let no = schema.schema("not") { exclude(no) }
        needsCheck = needsCheck || !alternatives.isEmpty
    }

    /// What `not` forbids in so many words; the rest is for the check.
    private mutating func exclude(_ schema: JSONValue) {
        needsCheck = true
        if schema.bool == true { isImpossible = true }
        guard let object = schema.object else { return }
        if object.isEmpty { isImpossible = true }
        for branch in object.schemaList("anyOf") where object.count == 1 { exclude(branch) }
        guard object.count == 1 else { return }
        excludedTypes.formUnion(object.schemaTypes ?? [])
        let names = object.schemaNames("required")
        if names.count == 1 { omitted.formUnion(names) }
    }
}
