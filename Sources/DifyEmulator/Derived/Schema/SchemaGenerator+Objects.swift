import DifyProtocol

extension SchemaGenerator {
    /// An object with the members that the schemas describe.
    mutating func object(_ facts: SchemaFacts, _ place: SchemaPlace) -> SchemaDraft {
        var object: JSONObject = [:]
        var isValid = true
        let required = Set(requiredNames(facts, place))
        let named = facts.properties.keys + facts.required.filter { facts.properties[$0] == nil }
        for key in named where !facts.omitted.contains(key) || required.contains(key) {
            let isRequired = required.contains(key)
            guard isRequired || (!place.isClosing && object.count < facts.maximumMembers) else { continue }
            let draft = member(key, facts, place, position: object.count)
            if draft.isValid || isRequired { object[key] = draft.value }
            if isRequired, !draft.isValid { isValid = false }
        }
        for key in required.subtracting(named).sorted() {
            let draft = member(key, facts, place, position: object.count)
            object[key] = draft.value
            isValid = isValid && draft.isValid
        }
        trim(&object, to: facts.maximumMembers, keeping: required)
        fill(&object, facts, place)
        isValid = isValid && object.count >= facts.minimumMembers && object.count <= facts.maximumMembers
        return SchemaDraft(value: .object(object), isValid: isValid)
    }

    /// The names that must be there, with those that others bring along.
    private func requiredNames(_ facts: SchemaFacts, _ place: SchemaPlace) -> [String] {
        var names = facts.required
        var known = Set(names)
        // Members that are made although nothing requires them bring theirs along as well.
        var present =
            place.isClosing ? known : known.union(facts.properties.keys.filter { !facts.omitted.contains($0) })
        var grows = !facts.dependents.isEmpty
        while grows {
            grows = false
            for dependent in facts.dependents where present.contains(dependent.key) {
                for name in dependent.names where known.insert(name).inserted {
                    names.append(name)
                    present.insert(name)
                    grows = true
                }
            }
        }
        return names
    }

    private mutating func member(
        _ key: String, _ facts: SchemaFacts, _ place: SchemaPlace, position: Int
    ) -> SchemaDraft {
        for name in facts.names where !check.accepts(.string(key), name) {
            return SchemaDraft(value: .null, isValid: false)
        }
        var inner = place
        inner.name = key
        inner.depth += 1
        // Beyond a thousand variants, members vary by turns instead of all at once, so that every combination comes.
        if place.ordinal >= Self.maximumItems {
            inner.ordinal = (place.ordinal - Self.maximumItems) >> min(position, 62)
        }
        return draft(facts.schemas(for: key, &check), inner)
    }

    /// Takes away what is too much, last members first.
    private func trim(_ object: inout JSONObject, to maximum: Int, keeping required: Set<String>) {
        guard object.count > maximum else { return }
        for key in object.keys.reversed() where object.count > maximum && !required.contains(key) { object[key] = nil }
    }

    /// Adds members until there are as many as must be: described ones first, then ones under invented names.
    private mutating func fill(_ object: inout JSONObject, _ facts: SchemaFacts, _ place: SchemaPlace) {
        let wanted = min(facts.minimumMembers, Self.maximumItems)
        guard object.count < wanted else { return }
        let names = facts.properties.keys + inventedNames(facts, place, count: wanted)
        for key in names where object.count < wanted && object[key] == nil && !facts.omitted.contains(key) {
            let draft = member(key, facts, place, position: object.count)
            if draft.isValid { object[key] = draft.value }
        }
    }

    private mutating func inventedNames(_ facts: SchemaFacts, _ place: SchemaPlace, count: Int) -> [String] {
        var names: [String] = []
        let patterns = facts.members.flatMap(\.patterns.keys) + facts.names.compactMap { $0["pattern"]?.string }
        for pattern in patterns {
            names += (0..<count).compactMap { check.text(matching: pattern, length: 1, variation: $0) }
        }
        for name in facts.names {
            names += name["enum"]?.array?.compactMap(\.string) ?? []
            names += (0..<min(count, 20)).compactMap { ordinal in
                draft([name, ["type": "string"]], SchemaPlace(name: "key", ordinal: ordinal, depth: place.depth + 1))
                    .value.string
            }
        }
        return names + ["key", "item"].flatMap { word in (1...max(count, 1)).map { "\(word)\($0)" } }
    }
}

extension SchemaFacts {
    /// The schemas of the member with this name.
    fileprivate func schemas(for key: String, _ check: inout SchemaCheck) -> [JSONValue] {
        var schemas = properties[key]?.array ?? []
        for rule in members {
            for schema in rule.schemas(for: key, check: &check) where rule.properties[key] != schema {
                schemas.append(schema)
            }
        }
        if schemas.isEmpty, let restOfMembers { schemas.append(restOfMembers) }
        return schemas
    }
}
