import DifyProtocol

extension SchemaGenerator {
    /// A value that the schemas' author names; nil when there is none that counts.
    func suggested(_ facts: SchemaFacts, _ schemas: [JSONValue], _ place: SchemaPlace) -> SchemaDraft? {
        guard let listed = facts.listed else {
            let suggestions = facts.examples.dropFirst(place.ordinal) + (place.ordinal == 0 ? facts.defaults : [])
            return suggestions.first { isUsable($0, facts, schemas) }.map { SchemaDraft(value: $0, isValid: true) }
        }
        if let value = Self.rotated(listed, by: place.ordinal).first(where: { isUsable($0, facts, schemas) }) {
            return SchemaDraft(value: value, isValid: true)
        }
        // With alternatives ahead, one of them may list others.
        return facts.alternatives.isEmpty ? SchemaDraft(value: listed.first ?? .null, isValid: false) : nil
    }

    /// Null is not used where only OpenAPI's `nullable` allows it: not every reader of the schema knows that word.
    private func isUsable(_ value: JSONValue, _ facts: SchemaFacts, _ schemas: [JSONValue]) -> Bool {
        !(value.isNull && facts.isNullable) && check.accepts(value, all: schemas) && !document.work.isUsedUp
    }

    /// The values in order, but begun elsewhere.
    static func rotated(_ values: [JSONValue], by ordinal: Int) -> [JSONValue] {
        guard !values.isEmpty else { return [] }
        let shift = ordinal % values.count
        return Array(values[shift...] + values[..<shift])
    }
}
