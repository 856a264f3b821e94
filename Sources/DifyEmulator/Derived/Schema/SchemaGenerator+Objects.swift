import DifyProtocol

extension SchemaGenerator {
    /// An object with the members that the schemas describe.
    func object(_ facts: SchemaFacts, _ place: SchemaPlace) -> SchemaDraft {
        var object: JSONObject = [:]
        var isComplete = true
        let required = requiredNames(facts, place)
        for key in place.isClosing ? [] : describedNames(facts) where !facts.omitted.contains(key) {
            let isRequired = required[key] != nil
            guard isRequired || object.count < facts.memberCounts.maximum else { continue }
            let draft = member(key, facts, place, position: object.count)
            if draft.isValid || isRequired { object[key] = draft.value }
            if isRequired, !draft.isValid { isComplete = false }
            guard isComplete, document.work.spend(facts.parts) else { break }
        }
        for key in required.keys where object[key] == nil && isComplete && document.work.spend(facts.parts) {
            let draft = member(key, facts, place, position: object.count)
            object[key] = draft.value
            isComplete = draft.isValid
        }
        for key in object.keys.reversed() where object.count > facts.memberCounts.maximum && required[key] == nil {
            object[key] = nil
        }
        fill(&object, facts, place)
        let counts = facts.memberCounts
        let isValid = isComplete && object.count >= counts.minimum && object.count <= counts.maximum
        return SchemaDraft(value: .object(object), isValid: isValid)
    }

    /// The names under `properties`, each once.
    private func describedNames(_ facts: SchemaFacts) -> [String] {
        guard document.work.spend(5 * facts.members.reduce(0) { $0 + ($1.properties?.count ?? 0) }) else { return [] }
        if facts.members.count == 1 { return facts.members[0].properties?.keys ?? [] }
        return JSONObject(facts.members.flatMap { $0.properties?.keys ?? [] }.map { ($0, .null) }).keys
    }

    /// The names that must be there, in order, with those that others bring along.
    private func requiredNames(_ facts: SchemaFacts, _ place: SchemaPlace) -> JSONObject {
        var pending = facts.members.flatMap { $0.required ?? [] }
        var names: JSONObject = [:]
        // Members that are made although nothing requires them bring theirs along as well.
        if !place.isClosing, facts.members.contains(where: { $0.dependents != nil }) {
            for key in describedNames(facts) where !facts.omitted.contains(key) {
                pending += facts.members.flatMap { $0.dependents?[key]?.array ?? [] }
            }
        }
        var position = 0
        while position < pending.count, document.work.spend(10 + facts.members.count) {
            let name = pending[position].string
            position += 1
            guard let name, names[name] == nil else { continue }
            names[name] = .null
            for rule in facts.members where rule.dependents != nil {
                let others = rule.dependents?[name]?.array ?? []
                if document.work.spend(others.count) { pending += others }
            }
        }
        return names
    }

    private func member(_ key: String, _ facts: SchemaFacts, _ place: SchemaPlace, position: Int) -> SchemaDraft {
        for case let names? in facts.members.map(\.names) where !check.accepts(.string(key), names) { return .none }
        var inner = place
        inner.name = key
        inner.depth += 1
        // Beyond a thousand variants, members vary by turns instead of all at once, so that every combination comes.
        if place.ordinal >= SchemaValue.maximumItems {
            inner.ordinal = (place.ordinal - SchemaValue.maximumItems) >> min(position, 62)
        }
        return draft(facts.members.flatMap { $0.schemas(for: key, document) }, inner)
    }

    /// Adds members until there are as many as must be: described ones first, then ones under invented names.
    private func fill(_ object: inout JSONObject, _ facts: SchemaFacts, _ place: SchemaPlace) {
        let wanted = min(facts.memberCounts.minimum, SchemaValue.maximumItems)
        guard object.count < wanted else { return }
        for key in describedNames(facts) + inventedNames(facts, place, count: wanted) {
            guard object.count < wanted, document.work.spend(5) else { return }
            guard object[key] == nil, !facts.omitted.contains(key) else { continue }
            let draft = member(key, facts, place, position: object.count)
            if draft.isValid { object[key] = draft.value }
        }
    }

    private func inventedNames(_ facts: SchemaFacts, _ place: SchemaPlace, count: Int) -> [String] {
        var names: [String] = []
        let rules = facts.members.compactMap(\.names)
        let patterns = facts.members.flatMap { $0.patterns?.keys ?? [] } + rules.compactMap { $0["pattern"]?.string }
        for pattern in patterns {
            for variation in 0..<count {
                guard let name = document.text(matching: pattern, length: 1, variation: variation) else { break }
                names.append(name)
            }
        }
        for rule in rules {
            for ordinal in 0..<min(count, 20) {
                let inner = SchemaPlace(name: "key", ordinal: ordinal, depth: place.depth + 1)
                if let name = draft([rule, ["type": "string"]], inner).value.string { names.append(name) }
            }
        }
        return names + ["key", "item"].flatMap { word in (1...count).map { "\(word)\($0)" } }
    }
}
