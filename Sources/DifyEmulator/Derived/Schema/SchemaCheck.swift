import DifyProtocol

/// Whether a value is valid against a JSON schema (drafts 4 to 2020-12). `format` is a note, as in the drafts.
///
/// What cannot be decided counts as valid: expressions that are not understood, references that lead nowhere,
/// keywords that are not known here (`unevaluatedProperties` and its like among them), and whatever is left when the
/// work is used up.
struct SchemaCheck {
    /// Deepest nesting of schemas and values that is looked into.
    private static let maximumDepth = 60

    let document: SchemaDocument

    /// Whether the value is valid against all of the schemas.
    func accepts(_ value: JSONValue, all schemas: [JSONValue]) -> Bool { schemas.allSatisfy { accepts(value, $0) } }

    /// Whether the value is valid against a schema of the document.
    func accepts(_ value: JSONValue, _ schema: JSONValue, depth: Int = 0) -> Bool {
        if let flag = schema.bool { return flag }
        guard let schema = schema.object, depth < Self.maximumDepth,
            document.work.spend(80 + schema.schemaListLength)
        else { return true }
        // OpenAPI 3.0's way to allow null.
        if value.isNull, schema["nullable"]?.bool == true { return true }
        return Self.hasType(value, of: schema) && isListed(value, in: schema)
            && acceptsOwn(value, schema, depth + 1) && acceptsApplied(value, schema, depth + 1)
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

    private func isListed(_ value: JSONValue, in schema: JSONObject) -> Bool {
        if let constant = schema["const"], !isListed(value, in: [constant]) { return false }
        return schema["enum"]?.array.map { isListed(value, in: $0) } ?? true
    }

    private func isListed(_ value: JSONValue, in values: [JSONValue]) -> Bool {
        document.work.spend(value.weight * (1 + values.count)) && values.contains { JSONMeaning.equal($0, value) }
    }

    /// Keywords that apply other schemas to the same value.
    private func acceptsApplied(_ value: JSONValue, _ schema: JSONObject, _ depth: Int) -> Bool {
        if let target = document.target(of: schema), !accepts(value, target, depth: depth) { return false }
        for part in schema.schemaList("allOf") where !accepts(value, part, depth: depth) { return false }
        let any = schema.schemaList("anyOf")
        if !any.isEmpty, !any.contains(where: { accepts(value, $0, depth: depth) }) { return false }
        let one = schema.schemaList("oneOf")
        if !one.isEmpty, one.count(where: { accepts(value, $0, depth: depth) }) != 1 { return false }
        if let no = schema.schema("not"), accepts(value, no, depth: depth) { return false }
        guard let condition = schema.schema("if") else { return true }
        let consequence = schema.schema(accepts(value, condition, depth: depth) ? "then" : "else")
        return consequence.map { accepts(value, $0, depth: depth) } ?? true
    }

    // MARK: - Keywords for one type

    private func acceptsOwn(_ value: JSONValue, _ schema: JSONObject, _ depth: Int) -> Bool {
        switch value {
        case .null, .bool: true
        case .number(let number): Self.accepts(number, schema)
        case .string(let text): accepts(text, schema)
        case .array(let elements): acceptsElements(elements, schema, depth)
        case .object(let object): acceptsMembers(object, schema, depth)
        }
    }

    private static func accepts(_ number: JSONNumber, _ schema: JSONObject) -> Bool {
        let isInside =
            schema.schemaBounds("minimum", exclusive: "exclusiveMinimum").allSatisfy { $0.allowsAbove(number) }
            && schema.schemaBounds("maximum", exclusive: "exclusiveMaximum").allSatisfy { $0.allowsBelow(number) }
        guard isInside, let divisor = schema.schemaDivisor else { return isInside }
        if let number = number.integer, let divisor = divisor.integer { return number % divisor == 0 }
        // By division, as Python's validator does it, when the divisor is a fraction: 0.3 is three times 0.1.
        guard !divisor.isInteger else { return number.double.remainder(dividingBy: divisor.double) == 0 }
        let quotient = number.double / divisor.double
        return quotient == quotient.rounded()
    }

    private func accepts(_ text: String, _ schema: JSONObject) -> Bool {
        let count = document.work.spend(text.utf8.count / 10) ? text.unicodeScalars.count : 0
        if let minimum = schema.schemaCount("minLength"), count < minimum { return false }
        if let maximum = schema.schemaCount("maxLength"), count > maximum { return false }
        return schema["pattern"]?.string.flatMap { document.isFound($0, in: text) } ?? true
    }
}
