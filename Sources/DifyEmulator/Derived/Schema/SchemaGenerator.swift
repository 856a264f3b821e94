import DifyProtocol

/// Makes values for the parts of one schema document.
struct SchemaGenerator {
    /// Deepest nesting that is made.
    private static let maximumDepth = 20
    /// From here on only what is required is made.
    private static let closingDepth = 10
    /// Most choices between alternatives that one part of the answer depends on.
    private static let maximumChoices = 24

    let document: SchemaDocument
    /// What ids in the answer follow from.
    let key: String

    var check: SchemaCheck { SchemaCheck(document: document) }

    /// A value that satisfies all of the schemas.
    func draft(_ schemas: [JSONValue], _ place: SchemaPlace) -> SchemaDraft {
        guard place.depth < Self.maximumDepth, document.work.spend(60 + place.followed.count) else { return .none }
        var place = place
        if place.depth >= Self.closingDepth || document.work.isHalfSpent { place.isClosing = true }
        return resolved(SchemaFacts(schemas, document), schemas, place)
    }

    /// The value under the first combination of alternatives that leads to a valid one.
    private func resolved(_ facts: SchemaFacts, _ schemas: [JSONValue], _ place: SchemaPlace) -> SchemaDraft {
        if facts.isImpossible { return .none }
        if let suggested = suggested(facts, schemas, place) { return suggested }
        var facts = facts
        guard place.choices < Self.maximumChoices, let branches = facts.alternatives.popLast() else {
            return built(facts, schemas, place.entering(facts))
        }
        let branchesInOrder = ordered(branches, facts, place)
        var place = place
        place.choices += 1
        var best: SchemaDraft?
        for branch in branchesInOrder {
            guard document.work.spend(20 + facts.parts) else { break }
            var combined = facts
            combined.absorb(branch, document)
            let draft = resolved(combined, schemas, place)
            if draft.isValid { return draft }
            if best == nil, !combined.isImpossible { best = draft }
        }
        return best ?? .none
    }

    /// The branches in the order in which they are tried: as written, or where a schema repeats itself those first that
    /// lead no further.
    private func ordered(_ branches: [JSONValue], _ facts: SchemaFacts, _ place: SchemaPlace) -> [JSONValue] {
        guard place.entering(facts).isClosing else { return Self.rotated(branches, by: place.ordinal) }
        return branches.filter(\.isFlatSchema) + branches.filter { !$0.isFlatSchema }
    }

    // MARK: - By type

    /// How values are varied until one passes the check: without what nothing requires, and by ordinal.
    private static let attempts: ArraySlice<(ordinal: Int, isClosing: Bool)> = [
        (0, false), (0, true), (1, false), (1, true), (2, false), (7, false), (100, false),
    ]

    /// The value of the first of the allowed types that gives a valid one.
    private func built(_ facts: SchemaFacts, _ schemas: [JSONValue], _ place: SchemaPlace) -> SchemaDraft {
        if place.isClosing, facts.isNullable { return SchemaDraft(value: .null, isValid: true) }
        var best: SchemaDraft?
        for type in candidateTypes(facts, place) {
            for attempt in facts.needsCheck ? Self.attempts : Self.attempts.prefix(1) {
                guard document.work.spend(20) else { break }
                var place = place
                place.isClosing = place.isClosing || attempt.isClosing
                place.ordinal += attempt.ordinal
                let draft = value(of: type, facts, schemas, place)
                if draft.isValid, !facts.needsCheck || check.accepts(draft.value, all: schemas) { return draft }
                best = best ?? SchemaDraft(value: draft.value, isValid: false)
            }
        }
        return best ?? .none
    }

    private func value(
        of type: String, _ facts: SchemaFacts, _ schemas: [JSONValue], _ place: SchemaPlace
    ) -> SchemaDraft {
        switch type {
        case "object": object(facts, place)
        case "array": array(facts, place)
        case "string": text(facts, schemas, place)
        case "integer", "number": number(facts, schemas, place, isWhole: type == "integer")
        case "boolean": SchemaDraft(value: .bool(place.ordinal % 2 == 0), isValid: true)
        default: SchemaDraft(value: .null, isValid: true)
        }
    }
}

extension SchemaPlace {
    /// The place once its schemas are read: closing when they follow a reference that a value around it followed.
    fileprivate func entering(_ facts: SchemaFacts) -> SchemaPlace {
        var place = self
        if !followed.isDisjoint(with: facts.followed) { place.isClosing = true }
        place.followed.formUnion(facts.followed)
        return place
    }
}

extension JSONValue {
    /// Whether values of the schema hold no others, as far as can be told at a glance.
    fileprivate var isFlatSchema: Bool {
        guard let schema = object else { return true }
        if schema["enum"] != nil || schema["const"] != nil { return true }
        return schema.schemaTypes.map { !$0.contains("object") && !$0.contains("array") } ?? false
    }
}
