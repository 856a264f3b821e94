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
        return types
    }
}

extension SchemaFacts {
    /// The types that the other keywords speak of, when `type` is missing, then the others. What says nothing at all is
    /// a text, or an object at the root, where a call's arguments and a structured output are.
    fileprivate func impliedTypes(isRoot: Bool) -> [String] {
        var types: [String] = []
        let speaksOfMembers =
            !properties.isEmpty || !required.isEmpty || !members.isEmpty || restOfMembers != nil
            || minimumMembers > 0 || !names.isEmpty || !dependents.isEmpty
        let speaksOfItems = !items.isEmpty || minimumItems > 0 || isUnique || !contained.isEmpty
        if speaksOfMembers { types.append("object") }
        if speaksOfItems { types.append("array") }
        if minimumLength > 0 || maximumLength < .max || !patterns.isEmpty || format != nil { types.append("string") }
        if !lower.isEmpty || !upper.isEmpty || !divisors.isEmpty { types.append("number") }
        let others = [isRoot ? "object" : "string", "string", "object", "integer", "array", "boolean", "null"]
        for type in others where !types.contains(type) { types.append(type) }
        return types
    }
}
