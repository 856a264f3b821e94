import DifyProtocol

extension SchemaGenerator {
    /// A value that the schemas' author names; nil when there is none that counts.
    mutating func suggested(
        _ facts: SchemaFacts, _ schemas: [JSONValue], _ place: SchemaPlace
    ) -> SchemaDraft? {
        if let listed = facts.listed {
            for value in Self.rotated(listed, by: place.ordinal) where isUsable(value, facts, schemas) {
                return SchemaDraft(value: value, isValid: true)
            }
            // With alternatives ahead, one of them may list others.
            if facts.alternatives.isEmpty { return SchemaDraft(value: listed.first ?? .null, isValid: false) }
            return nil
        }
        for value in facts.examples.dropFirst(place.ordinal) where isUsable(value, facts, schemas) {
            return SchemaDraft(value: value, isValid: true)
        }
        for value in facts.defaults where place.ordinal == 0 && isUsable(value, facts, schemas) {
            return SchemaDraft(value: value, isValid: true)
        }
        return nil
    }

    /// Null is not used where only OpenAPI's `nullable` allows it: not every reader of the schema knows that word.
    private mutating func isUsable(_ value: JSONValue, _ facts: SchemaFacts, _ schemas: [JSONValue]) -> Bool {
        !(value.isNull && facts.isNullable) && check.accepts(value, all: schemas)
    }

    /// The values in their order, but begun elsewhere.
    static func rotated(_ values: [JSONValue], by ordinal: Int) -> [JSONValue] {
        guard !values.isEmpty else { return [] }
        let shift = ordinal % values.count
        return Array(values[shift...] + values[..<shift])
    }
}
