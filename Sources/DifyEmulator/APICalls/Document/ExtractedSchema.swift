import DifyProtocol

/// A schema of a document with everything that it refers to, as one schema that stands alone.
///
/// What of an object counts depends on who sends it: responses leave out what is `writeOnly`, and requests need not
/// hold what is `readOnly`.
struct ExtractedSchema {
    /// The schema; what it refers to stands under `$defs`.
    let schema: JSONValue
    /// Where the schema stands in the document.
    let pointer: String
    /// Where the parts under `$defs` stand in the document, by the references to them.
    let origins: [String: String]
    /// References that point to nothing, each with its place.
    let notes: [String]

    /// - Parameter purpose: Whether values are to be made or to be checked.
    init(_ part: DocumentPart, in document: OperationDocument, for purpose: SchemaExtraction.Purpose) {
        var extraction = SchemaExtraction(document: document, purpose: purpose)
        pointer = part.pointer
        schema = extraction.extract(part)
        origins = extraction.origins
        notes = extraction.notes
    }
}

/// Copies a schema, and what it refers to, out of a document.
struct SchemaExtraction {
    enum Purpose {
        /// A value for a response is to be made.
        case response
        /// A value of a request is to be checked.
        case request
    }

    /// Most schemas that are copied. What lies beyond says nothing.
    private static let maximumSchemas = 20_000
    /// How far references and `allOf` are followed to find out whether a member counts.
    private static let maximumDepth = 6

    let document: OperationDocument
    let purpose: Purpose
    private(set) var origins: [String: String] = [:]
    private(set) var notes: [String] = []
    private var count = 0
    /// What may be spent on finding out which members count.
    private let work = SchemaWork(200_000)
    /// The names under `$defs` by the references of the document.
    private var names: [String: String] = [:]
    private var pending: [(name: String, part: DocumentPart)] = []

    init(document: OperationDocument, purpose: Purpose) {
        self.document = document
        self.purpose = purpose
    }

    mutating func extract(_ part: DocumentPart) -> JSONValue {
        var root = copied(part)
        var definitions = JSONObject()
        while let (name, part) = pending.popLast() {
            var copy = copied(part)
            if purpose == .response { copy = discriminated(copy, of: part) }
            definitions[name] = copy
        }
        if !definitions.isEmpty {
            if root.object == nil { root = ["allOf": [root]] }
            root = root.adding("$defs", .object(definitions))
        }
        return root
    }

    // MARK: - One schema

    /// - Parameter hidden: Members that schemas beside this one leave out.
    private mutating func copied(_ part: DocumentPart, hidden: Set<String> = []) -> JSONValue {
        guard let source = part.value.object else { return part.value }
        count += 1
        guard count <= Self.maximumSchemas else {
            if count == Self.maximumSchemas + 1 {
                notes.append("\(part.pointer): from here on the schema is too large, and anything passes")
            }
            return true
        }
        let hidden = hidden.union(hiddenMembers(of: part.value, depth: 0))
        var schema = JSONObject()
        for (key, value) in source {
            let child = DocumentPart(value: value, pointer: part.pointer.appendingPointer(key))
            switch key {
            case "$ref": schema["$ref"] = reference(value)
            case "$defs", "definitions", "$id", "$anchor": break
            case "required": schema[key] = required(value, without: hidden)
            case "properties": schema[key] = members(child, without: purpose == .response ? hidden : [])
            case "patternProperties", "dependentSchemas", "dependencies": schema[key] = members(child, without: [])
            case "allOf": schema[key] = .array(elements(child, hidden: hidden))
            case "anyOf", "oneOf":
                let branches = elements(child, hidden: hidden)
                schema[key] = .array(discriminated(branches, of: child, by: source["discriminator"]))
            case "prefixItems": schema[key] = .array(elements(child, hidden: []))
            case "items" where value.array != nil: schema[key] = .array(elements(child, hidden: []))
            case "items", "additionalItems", "additionalProperties", "contains", "not", "if", "then", "else",
                "propertyNames":
                schema[key] = copied(child)
            default: schema[key] = value
            }
        }
        if schema["$ref"] == .null { return unresolved(part) }
        return .object(purpose == .response ? Self.preferring(schema) : schema)
    }

    private mutating func elements(_ list: DocumentPart, hidden: Set<String>) -> [JSONValue] {
        var copies: [JSONValue] = []
        for element in list.elements { copies.append(copied(element, hidden: hidden)) }
        return copies
    }

    private mutating func members(_ map: DocumentPart, without hidden: Set<String>) -> JSONValue {
        guard map.value.object != nil else { return map.value }
        var copies = JSONObject()
        for (key, member) in map.members where !hidden.contains(key) {
            copies[key] = member.value.isSchema ? copied(member) : member.value
        }
        return .object(copies)
    }

    private func required(_ value: JSONValue, without hidden: Set<String>) -> JSONValue {
        guard let names = value.array else { return value }
        return .array(names.filter { !hidden.contains($0.string ?? "") })
    }

    // MARK: - References

    /// The reference to the copy of a schema; null for one that points to nothing.
    private mutating func reference(_ value: JSONValue) -> JSONValue {
        guard let reference = value.string else { return .null }
        if let name = names[reference] { return .string("#/$defs/\(name)") }
        guard let target = document.target(of: reference), target.value.isSchema else { return .null }
        let last = reference.split(separator: "/").last.map(String.init) ?? "schema"
        let plain = String(String.UnicodeScalarView(last.unicodeScalars.filter { $0.isASCII && $0.isWordPart }))
        var name = plain.isEmpty ? "schema" : plain
        var number = 2
        while origins["#/$defs/\(name)"] != nil {
            name = "\(plain)\(number)"
            number += 1
        }
        names[reference] = name
        origins["#/$defs/\(name)"] = target.pointer
        pending.append((name, target))
        return .string("#/$defs/\(name)")
    }

    private mutating func unresolved(_ part: DocumentPart) -> JSONValue {
        let reference = part.value["$ref"]?.description ?? ""
        switch purpose {
        case .response:
            notes.append("\(part.pointer): the reference \(reference) points to nothing; null stands there")
            return ["enum": [.null]]
        case .request:
            notes.append("\(part.pointer): the reference \(reference) points to nothing; anything passes")
            return true
        }
    }

    // MARK: - Read and written members

    /// The names of members that do not count, with those that schemas under `allOf` bring along.
    private func hiddenMembers(of schema: JSONValue, depth: Int) -> Set<String> {
        guard depth < Self.maximumDepth, work.spend(1) else { return [] }
        var names: Set<String> = []
        for (name, property) in schema["properties"]?.object ?? [:] where isHidden(property, depth: 0) {
            names.insert(name)
        }
        for part in schema["allOf"]?.array ?? [] {
            let part = part["$ref"]?.string.flatMap { document.target(of: $0)?.value } ?? part
            names.formUnion(hiddenMembers(of: part, depth: depth + 1))
        }
        return names
    }

    private func isHidden(_ property: JSONValue, depth: Int) -> Bool {
        guard depth < Self.maximumDepth, work.spend(1), let schema = property.object else { return false }
        if schema[purpose == .response ? "writeOnly" : "readOnly"]?.bool == true { return true }
        if let target = schema["$ref"]?.string.flatMap({ document.target(of: $0) }) {
            return isHidden(target.value, depth: depth + 1)
        }
        return (schema["allOf"]?.array ?? []).contains { isHidden($0, depth: depth + 1) }
    }

    // MARK: - Values that the author prefers

    /// The schema with its example, else its default, first among the listed values: examples go before the list.
    private static func preferring(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        if let list = schema["enum"]?.array {
            let preferred = [schema["examples"]?.array?.first, schema["example"], schema["default"]].compactMap(\.self)
            if let first = preferred.first(where: { value in list.contains { JSONMeaning.equal($0, value) } }) {
                schema["enum"] = .array([first] + list.filter { !JSONMeaning.equal($0, first) })
            }
        }
        // A map says more with an entry than without.
        if let entries = schema["additionalProperties"], entries.object != nil, !entries.holdsReference,
            schema["properties"]?.object?.isEmpty ?? true, schema["minProperties"] == nil,
            schema.schemaCount("maxProperties") != 0
        {
            schema["minProperties"] = 1
        }
        // Base64 is the one format that a made-up word does not pass for.
        if schema["format"] == "byte", schema["example"] == nil, schema["examples"] == nil {
            schema["example"] = "c2FtcGxl"
        }
        return schema
    }

    // MARK: - Discriminators

    /// The alternatives, each with the names by which the discriminator knows it.
    private func discriminated(
        _ branches: [JSONValue], of list: DocumentPart, by discriminator: JSONValue?
    ) -> [JSONValue] {
        guard let discriminator, let property = discriminator["propertyName"]?.string else { return branches }
        return zip(branches, list.elements).map { branch, source in
            guard let reference = source.value["$ref"]?.string, let target = document.target(of: reference) else {
                return branch
            }
            return named(branch, target, property, Self.names(of: reference, in: discriminator["mapping"]?.object))
        }
    }

    /// The schema with the names by which a schema that it extends tells it from others.
    private func discriminated(_ copy: JSONValue, of part: DocumentPart) -> JSONValue {
        for parent in part["allOf"]?.elements ?? [] {
            guard let parent = document.resolved(parent), let discriminator = parent.value["discriminator"],
                let property = discriminator["propertyName"]?.string, parent.value["oneOf"] == nil
            else { continue }
            let names = Self.names(of: "#" + part.pointer, in: discriminator["mapping"]?.object)
            return named(copy, parent, property, names)
        }
        return copy
    }

    /// A schema whose own list of names knows none of these is left alone.
    private func named(_ copy: JSONValue, _ owner: DocumentPart, _ property: String, _ names: [String]) -> JSONValue {
        let declared = owner["properties"]?[property].flatMap { document.resolved($0) }?.value
        let known = declared?["enum"]?.array ?? declared?["const"].map { [$0] }
        let names = names.map(JSONValue.string).filter { known?.contains($0) ?? true }
        return names.isEmpty ? copy : ["allOf": [copy, ["properties": [property: ["enum": .array(names)]]]]]
    }

    /// The names that a mapping gives a schema, then the schema's own.
    private static func names(of reference: String, in mapping: JSONObject?) -> [String] {
        let last = reference.split(separator: "/").last.map(String.init) ?? reference
        let mapped = (mapping ?? [:]).filter { _, target in
            target.string == reference || target.string?.split(separator: "/").last.map(String.init) == last
        }
        return mapped.map(\.key) + [last]
    }
}

extension JSONValue {
    /// Whether a reference stands anywhere within.
    fileprivate var holdsReference: Bool {
        switch self {
        case .array(let elements): elements.contains(where: \.holdsReference)
        case .object(let object): object["$ref"] != nil || object.contains { $0.value.holdsReference }
        default: false
        }
    }

    /// The object with one more member, or another value for it.
    func adding(_ key: String, _ value: JSONValue) -> JSONValue {
        guard case .object(var object) = self else { return self }
        object[key] = value
        return .object(object)
    }
}
