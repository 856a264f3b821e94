import DifyProtocol

/// Whether a value is valid against a JSON schema (drafts 4 to 2020-12). `format` is a note, as in the drafts.
///
/// What cannot be decided counts as valid: expressions that are not understood, references that lead nowhere, and
/// whatever is left when the work grows too much.
struct SchemaCheck {
    /// Deepest nesting of schemas and values that is looked into.
    private static let maximumDepth = 60

    let references: SchemaReferences
    /// How many schemas may still be looked at.
    private var remaining = 50_000
    private var patterns: [String: SchemaPattern] = [:]
    /// What may still be spent on patterns, in steps of the search.
    private var patternWork = 3_000_000

    init(root: JSONValue) { references = SchemaReferences(root: root) }

    /// Whether a value is valid against its document's root.
    static func accepts(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        var check = SchemaCheck(root: schema)
        return check.accepts(value, schema)
    }

    /// Whether the value is valid against all of the schemas.
    mutating func accepts(_ value: JSONValue, all schemas: [JSONValue]) -> Bool {
        for schema in schemas where !accepts(value, schema) { return false }
        return true
    }

    /// Whether the value is valid against a schema of the document.
    mutating func accepts(_ value: JSONValue, _ schema: JSONValue, depth: Int = 0) -> Bool {
        if let flag = schema.bool { return flag }
        guard let schema = schema.object else { return true }
        guard spend(depth) else { return true }
        // OpenAPI 3.0's way to allow null.
        if value.isNull, schema["nullable"]?.bool == true { return true }
        return Self.hasType(value, of: schema) && Self.isListed(value, in: schema)
            && acceptsOwn(value, schema, depth + 1) && acceptsApplied(value, schema, depth + 1)
    }

    /// Counts one schema.
    ///
    /// - Returns: Whether to look at it: false when it lies too deep or the work has grown too much.
    mutating func spend(_ depth: Int) -> Bool {
        remaining -= 1
        return remaining > 0 && depth < Self.maximumDepth
    }

    /// Whether an expression is found in a text; nil when that cannot be told.
    mutating func isFound(_ expression: String, in text: String) -> Bool? {
        pattern(expression).isFound(in: text, work: &patternWork)
    }

    /// A text that an expression is found in; nil when none can be made.
    mutating func text(matching expression: String, length: Int, variation: Int) -> String? {
        pattern(expression).text(length: length, variation: variation, work: &patternWork)
    }

    /// The expression, read once.
    private mutating func pattern(_ text: String) -> SchemaPattern {
        if let pattern = patterns[text] { return pattern }
        let pattern = SchemaPattern(text)
        patterns[text] = pattern
        return pattern
    }

    // MARK: - Keywords for every type

    private static func hasType(_ value: JSONValue, of schema: JSONObject) -> Bool {
        guard let types = schema.schemaTypes else { return true }
        return types.contains { type in
            switch value {
            case .null: type == "null"
            case .bool: type == "boolean"
            case .number(let number):
                type == "number"
                    || (type == "integer" && (number.isInteger || number.double == number.double.rounded()))
            case .string: type == "string"
            case .array: type == "array"
            case .object: type == "object"
            }
        }
    }

    private static func isListed(_ value: JSONValue, in schema: JSONObject) -> Bool {
        if let constant = schema["const"], !JSONMeaning.equal(constant, value) { return false }
        guard let values = schema["enum"]?.array else { return true }
        return values.contains { JSONMeaning.equal($0, value) }
    }

    /// Keywords that apply other schemas to the same value.
    private mutating func acceptsApplied(_ value: JSONValue, _ schema: JSONObject, _ depth: Int) -> Bool {
        if let target = target(of: schema), !accepts(value, target, depth: depth) { return false }
        for part in schema.schemaList("allOf") where !accepts(value, part, depth: depth) { return false }
        let any = schema.schemaList("anyOf")
        if !any.isEmpty, count(of: any, accepting: value, upTo: 1, depth) == 0 { return false }
        let one = schema.schemaList("oneOf")
        if !one.isEmpty, count(of: one, accepting: value, upTo: 2, depth) != 1 { return false }
        if let no = schema.schema("not"), accepts(value, no, depth: depth) { return false }
        guard let condition = schema.schema("if") else { return true }
        let consequence = schema.schema(accepts(value, condition, depth: depth) ? "then" : "else")
        return consequence.map { accepts(value, $0, depth: depth) } ?? true
    }

    /// What the schema refers to.
    func target(of schema: JSONObject) -> JSONValue? {
        for key in ["$ref", "$dynamicRef", "$recursiveRef"] {
            if let reference = schema[key]?.string { return references.resolve(reference) }
        }
        return nil
    }

    private mutating func count(
        of schemas: [JSONValue], accepting value: JSONValue, upTo limit: Int, _ depth: Int
    ) -> Int {
        var count = 0
        for schema in schemas where count < limit {
            if accepts(value, schema, depth: depth) { count += 1 }
        }
        return count
    }

    // MARK: - Keywords for one type

    private mutating func acceptsOwn(_ value: JSONValue, _ schema: JSONObject, _ depth: Int) -> Bool {
        switch value {
        case .null, .bool: true
        case .number(let number): Self.accepts(number, schema)
        case .string(let text): accepts(text, schema)
        case .array(let elements): acceptsElements(elements, schema, depth)
        case .object(let object): acceptsMembers(object, schema, depth)
        }
    }
}
