import DifyProtocol

extension SchemaGenerator {
    /// The types to try, best first.
    func candidateTypes(_ facts: SchemaFacts, _ place: SchemaPlace) -> [String] {
        var types = (facts.types ?? facts.impliedTypes(isRoot: place.depth == 0))
            .filter { !facts.excludedTypes.contains($0) }
        if facts.types != nil, let null = types.firstIndex(of: "null") {
            types.remove(at: null)
            types.insert("null", at: place.isClosing ? 0 : types.count)
        }
        // An object that demands itself goes on for ever, unless something else may stand there.
        if place.isClosing, place.depth > 0, facts.types == nil, facts.members.contains(where: { $0.required != nil }) {
            types.removeAll { $0 == "object" }
            types.append("object")
        }
        return types
    }
}

extension SchemaFacts {
    /// The types that the other keywords speak of, when `type` is missing, then the others. What says nothing at all is
    /// a text, or an object at the root, where a call's arguments and a structured output are.
    fileprivate func impliedTypes(isRoot: Bool) -> [String] {
        var types: [String] = []
        if !members.isEmpty || memberCounts.isBounded { types.append("object") }
        if !items.isEmpty || itemCounts.isBounded || isUnique || !contained.isEmpty { types.append("array") }
        if lengths.isBounded || !patterns.isEmpty || format != nil { types.append("string") }
        if !lower.isEmpty || !upper.isEmpty || !divisors.isEmpty { types.append("number") }
        let others = [isRoot ? "object" : "string", "string", "object", "integer", "array", "boolean", "null"]
        for type in others where !types.contains(type) { types.append(type) }
        return types
    }
}
