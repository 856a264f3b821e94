import DifyProtocol

extension SchemaGenerator {
    /// An array with as many items as must be, and one where it may have some.
    func array(_ facts: SchemaFacts, _ place: SchemaPlace) -> SchemaDraft {
        let described = facts.items.map(\.first.count).max() ?? 0
        // What the array must contain stands behind the items that have their place, or in the sparse form among them.
        let start = place.isClosing ? 0 : described
        let wanted = facts.contained.reduce(start) { $0 + $1.count }
        let least = max(facts.itemCounts.minimum, facts.contained.isEmpty ? 0 : wanted)
        let most = min(facts.items.map(\.maximum).min() ?? .max, facts.itemCounts.maximum, SchemaValue.maximumItems)
        let count = min(place.isClosing ? least : max(least, described, 1), most)
        var items: [JSONValue] = []
        var seen: Set<JSONValue> = []
        for index in 0..<max(count, 0) where document.work.spend(facts.parts) {
            let draft = item(facts.schemas(at: index, containedFrom: start), facts, place, index, avoiding: seen)
            guard draft.isValid || index < least else { break }
            items.append(draft.value)
            // Where one item cannot be made, the next ones most likely cannot either.
            guard draft.isValid else { return SchemaDraft(value: .array(items), isValid: false) }
            if facts.isUnique, document.work.spend(5 * draft.value.weight) { seen.insert(draft.value.canonical) }
        }
        return SchemaDraft(value: .array(items), isValid: items.count >= facts.itemCounts.minimum)
    }

    /// One item, unlike all before it when they must differ.
    private func item(
        _ schemas: [JSONValue], _ facts: SchemaFacts, _ place: SchemaPlace, _ index: Int, avoiding seen: Set<JSONValue>
    ) -> SchemaDraft {
        var inner = place
        inner.name = Self.singular(place.name)
        inner.depth += 1
        inner.ordinal = place.ordinal + index
        let first = draft(schemas, inner)
        guard facts.isUnique, seen.contains(first.value.canonical) else { return first }
        for offset in 1...200 where document.work.spend(5 * first.value.weight) {
            inner.ordinal = (place.ordinal + index + offset) % SchemaValue.maximumItems
            if offset > 20 { inner.ordinal = SchemaValue.maximumItems + index + offset - 20 }
            let draft = draft(schemas, inner)
            if draft.isValid, !seen.contains(draft.value.canonical) { return draft }
        }
        return SchemaDraft(value: first.value, isValid: false)
    }

    /// What one of several is called: `tags` holds a `tag`.
    private static func singular(_ name: String) -> String {
        name.count > 3 && name.hasSuffix("s") && !name.hasSuffix("ss") ? String(name.dropLast()) : name
    }
}

extension SchemaFacts {
    /// The schemas of the item at this place; those that the array must contain are made from `start` on.
    fileprivate func schemas(at index: Int, containedFrom start: Int) -> [JSONValue] {
        var schemas = items.compactMap { $0.schema(at: index) }
        var place = start
        for wanted in contained {
            if (place..<place + wanted.count).contains(index) {
                schemas.append(wanted.schema)
            } else if wanted.isLimited {
                schemas.append(["not": wanted.schema])
            }
            place += wanted.count
        }
        return schemas
    }
}
