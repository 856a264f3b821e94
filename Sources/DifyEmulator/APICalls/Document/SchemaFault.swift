import DifyProtocol

/// Why a schema does not allow a value: one keyword that some part of the value does not satisfy.
struct SchemaFault {
    /// Where in the value: a JSON pointer, empty for the value itself.
    let path: String
    let problem: String
    /// The keyword's place in the document.
    let pointer: String
}

/// Finds out why a schema does not allow a value.
///
/// Whether a keyword is satisfied is for ``SchemaCheck`` to say, which is asked about each alone; formats are checked
/// beside it.
struct SchemaInspection {
    private static let maximumDepth = 40
    private static let maximumFaults = 20

    private let extracted: ExtractedSchema
    private let check: SchemaCheck
    private(set) var faults: [SchemaFault] = []

    /// The faults of a value, at most twenty; none for one that is allowed.
    static func faults(of value: JSONValue, in schema: ExtractedSchema) -> [SchemaFault] {
        var inspection = SchemaInspection(schema)
        inspection.inspect(value, schema.schema, Spot(pointer: schema.pointer))
        return inspection.faults
    }

    private init(_ extracted: ExtractedSchema) {
        self.extracted = extracted
        check = SchemaCheck(document: SchemaDocument(root: extracted.schema))
    }

    /// Where the inspection is: a place in the document and one in the value.
    private struct Spot {
        var pointer: String
        var path = ""
        var depth = 0

        func at(_ keyword: String) -> Spot {
            Spot(pointer: pointer.appendingPointer(keyword), path: path, depth: depth + 1)
        }

        func inside(_ key: String) -> Spot {
            Spot(pointer: pointer, path: path.appendingPointer(key), depth: depth)
        }
    }

    private mutating func say(_ spot: Spot, _ keyword: String?, _ problem: String) {
        guard faults.count < Self.maximumFaults else { return }
        let pointer = keyword.map { spot.pointer.appendingPointer($0) } ?? spot.pointer
        faults.append(SchemaFault(path: spot.path, problem: problem, pointer: pointer))
    }

    // MARK: - Any value

    private mutating func inspect(_ value: JSONValue, _ schema: JSONValue, _ spot: Spot) {
        guard faults.count < Self.maximumFaults, spot.depth < Self.maximumDepth, check.document.work.spend(100)
        else { return }
        if schema.bool == false { say(spot, nil, "nothing may stand here") }
        guard let schema = schema.object, !(value.isNull && schema["nullable"]?.bool == true) else { return }
        if let target = check.document.target(of: schema), let reference = schema["$ref"]?.string {
            let pointer = extracted.origins[reference] ?? spot.pointer
            inspect(value, target, Spot(pointer: pointer, path: spot.path, depth: spot.depth + 1))
        }
        guard satisfies(value, schema, ["type"]) else {
            say(spot, "type", "\(value.shown) is \(value.kind); wanted is \(Self.types(of: schema))")
            return
        }
        if !satisfies(value, schema, ["const"]) {
            say(spot, "const", "\(value.shown) is not \(schema["const"]?.shown ?? "")")
        }
        if !satisfies(value, schema, ["enum"]) { say(spot, "enum", Self.unlisted(value, schema)) }
        inspectByType(value, schema, spot)
        inspectApplied(value, schema, spot)
    }

    private func satisfies(_ value: JSONValue, _ schema: JSONObject, _ keywords: [String]) -> Bool {
        let part = keywords.compactMap { keyword in schema[keyword].map { (keyword, $0) } }
        return part.isEmpty || check.accepts(value, .object(JSONObject(part)))
    }

    private static func types(of schema: JSONObject) -> String {
        (schema.schemaTypes ?? []).map(\.withArticle).joined(separator: " or ")
    }

    private static func unlisted(_ value: JSONValue, _ schema: JSONObject) -> String {
        let all = schema["enum"]?.array ?? []
        let listed = all.prefix(10).map(\.shown).joined(separator: ", ")
        return "\(value.shown) is none of \(listed)\(all.count > 10 ? ", …" : "")"
    }

    /// Keywords that hold other schemas for the same value.
    private mutating func inspectApplied(_ value: JSONValue, _ schema: JSONObject, _ spot: Spot) {
        for (index, part) in (schema["allOf"]?.array ?? []).enumerated() {
            inspect(value, part, spot.at("allOf").at("\(index)"))
        }
        for keyword in ["anyOf", "oneOf"] where !satisfies(value, schema, [keyword]) {
            inspectAlternatives(value, schema.schemaList(keyword), keyword, spot)
        }
        if !satisfies(value, schema, ["not"]) { say(spot, "not", "\(value.shown) is what may not stand here") }
        if !satisfies(value, schema, ["if", "then", "else"]) {
            say(spot, "if", "\(value.shown) does not fit what follows from the condition")
        }
    }

    private mutating func inspectAlternatives(
        _ value: JSONValue, _ branches: [JSONValue], _ keyword: String, _ spot: Spot
    ) {
        let fitting = branches.count { check.accepts(value, $0) }
        guard fitting == 0 else {
            say(spot, keyword, "\(value.shown) fits \(fitting) of the alternatives; exactly one must fit")
            return
        }
        var nearest: [SchemaFault]?
        for (index, branch) in branches.enumerated() {
            var other = self
            other.faults = []
            other.inspect(value, branch, spot.at(keyword).at("\(index)"))
            if other.faults.count < nearest?.count ?? .max { nearest = other.faults }
        }
        let reason = nearest?.first.map { "; the nearest: \($0.path.isEmpty ? "" : $0.path + ": ")\($0.problem)" } ?? ""
        say(spot, keyword, "\(value.shown) fits none of the \(branches.count) alternatives\(reason)")
    }

    // MARK: - By type

    private mutating func inspectByType(_ value: JSONValue, _ schema: JSONObject, _ spot: Spot) {
        switch value {
        case .null, .bool: break
        case .number: inspectNumber(value, schema, spot)
        case .string(let text): inspectText(text, schema, spot)
        case .array(let elements): inspectElements(elements, schema, spot)
        case .object(let object): inspectMembers(object, schema, spot)
        }
        if let problem = ValueFormat.problem(of: value, format: schema["format"]?.string) {
            say(spot, "format", problem)
        }
    }

    private mutating func inspectNumber(_ value: JSONValue, _ schema: JSONObject, _ spot: Spot) {
        for (keyword, exclusive, word) in [
            ("minimum", "exclusiveMinimum", "least"), ("maximum", "exclusiveMaximum", "most"),
        ] where !satisfies(value, schema, [keyword, exclusive]) {
            let isFlag = schema[exclusive]?.bool == true
            let isExclusive = isFlag || schema[keyword] == nil || satisfies(value, schema, [keyword])
            let limit = schema[isExclusive && !isFlag ? exclusive : keyword]?.shown ?? ""
            let wanted = isExclusive ? "\(word == "least" ? "more" : "less") than \(limit)" : "at \(word) \(limit)"
            say(spot, isExclusive ? exclusive : keyword, "\(value.shown), where \(wanted) is wanted")
        }
        if !satisfies(value, schema, ["multipleOf"]) {
            say(spot, "multipleOf", "\(value.shown) is no multiple of \(schema["multipleOf"]?.shown ?? "")")
        }
    }

    private mutating func inspectText(_ text: String, _ schema: JSONObject, _ spot: Spot) {
        let value = JSONValue.string(text)
        for (keyword, word) in [("minLength", "least"), ("maxLength", "most")] {
            guard !satisfies(value, schema, [keyword]) else { continue }
            let limit = schema[keyword]?.description ?? ""
            let count = text.unicodeScalars.count
            let length = count == 1 ? "1 character" : "\(count) characters"
            say(spot, keyword, "\(value.shown) has \(length), where at \(word) \(limit) are wanted")
        }
        if !satisfies(value, schema, ["pattern"]) {
            say(spot, "pattern", "\(value.shown) does not match the pattern \(schema["pattern"]?.string ?? "")")
        }
    }

    private mutating func inspectElements(_ elements: [JSONValue], _ schema: JSONObject, _ spot: Spot) {
        inspectCount(.array(elements), elements.count, schema, ("minItems", "maxItems"), "items", spot)
        if !satisfies(.array(elements), schema, ["uniqueItems"]) { say(spot, "uniqueItems", "items stand there twice") }
        if !satisfies(.array(elements), schema, ["contains", "minContains", "maxContains"]) {
            say(spot, "contains", "the list does not contain what it must, or not as often as it must")
        }
        guard let rule = SchemaItems(schema) else { return }
        for (index, element) in elements.enumerated() {
            guard let item = rule.schema(at: index) else { continue }
            inspect(element, item, Self.spot(ofItem: index, rule, schema, spot).inside("\(index)"))
        }
    }

    private static func spot(ofItem index: Int, _ rule: SchemaItems, _ schema: JSONObject, _ spot: Spot) -> Spot {
        let isList = schema["items"]?.array != nil
        if index < rule.first.count { return spot.at(isList ? "items" : "prefixItems").at("\(index)") }
        return spot.at(isList ? "additionalItems" : "items")
    }

    private mutating func inspectMembers(_ object: JSONObject, _ schema: JSONObject, _ spot: Spot) {
        inspectCount(.object(object), object.count, schema, ("minProperties", "maxProperties"), "members", spot)
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where object[name] == nil {
            say(spot, "required", "\"\(name)\" is missing")
        }
        for keyword in ["propertyNames", "dependentRequired", "dependentSchemas", "dependencies"]
        where !satisfies(.object(object), schema, [keyword]) {
            say(spot, keyword, "the members do not satisfy \"\(keyword)\"")
        }
        for (key, member) in object { inspectMember(key, member, schema, spot) }
    }

    private mutating func inspectMember(_ key: String, _ member: JSONValue, _ schema: JSONObject, _ spot: Spot) {
        var isDescribed = false
        if let property = schema["properties"]?[key] {
            isDescribed = true
            inspect(member, property, spot.at("properties").at(key).inside(key))
        }
        for (pattern, part) in schema["patternProperties"]?.object ?? [:] {
            guard check.document.isFound(pattern, in: key) == true else { continue }
            isDescribed = true
            inspect(member, part, spot.at("patternProperties").at(pattern).inside(key))
        }
        guard !isDescribed, let rest = schema["additionalProperties"] else { return }
        if rest.bool == false {
            say(spot, "additionalProperties", "\"\(key)\" is not known there, and nothing else may stand there")
        } else {
            inspect(member, rest, spot.at("additionalProperties").inside(key))
        }
    }

    private mutating func inspectCount(
        _ value: JSONValue, _ count: Int, _ schema: JSONObject, _ keywords: (String, String), _ noun: String,
        _ spot: Spot
    ) {
        for (keyword, word) in [(keywords.0, "least"), (keywords.1, "most")] where !satisfies(value, schema, [keyword])
        {
            let limit = schema[keyword]?.description ?? ""
            say(spot, keyword, "there are \(count) \(noun), where at \(word) \(limit) are wanted")
        }
    }
}

extension JSONValue {
    /// The value as messages show it: shortened.
    var shown: String {
        let text = description
        return text.count > 80 ? text.prefix(80) + "…" : text
    }

    /// What the value is, with an article.
    fileprivate var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension String {
    /// The name of a schema's type, with an article.
    fileprivate var withArticle: String {
        switch self {
        case "null": "null"
        case "array": "a list"
        case "integer", "object": "an \(self)"
        case "string": "text"
        default: "a \(self)"
        }
    }
}
