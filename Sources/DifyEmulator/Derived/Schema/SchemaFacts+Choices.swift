import DifyProtocol

/// The keywords for members, and those that leave a choice.
extension SchemaFacts {
    mutating func readMembers(_ schema: JSONObject, _ document: SchemaDocument) {
        memberCounts.narrow(schema, "minProperties", "maxProperties")
        if let rule = SchemaMembers(schema) { members.append(rule) }
        for keyword in ["dependentSchemas", "dependencies"] {
            for (key, dependent) in schema[keyword]?.object ?? [:] where document.work.spend(20) && dependent.isSchema {
                let with: JSONValue = ["allOf": [["required": [.string(key)]], dependent]]
                let without: JSONValue = ["not": ["required": [.string(key)]]]
                alternatives.append(schema["properties"]?[key] == nil ? [without, with] : [with, without])
                needsCheck = true
            }
        }
    }

    mutating func readChoices(_ schema: JSONObject) {
        for key in ["anyOf", "oneOf"] {
            let branches = schema.schemaList(key)
            if !branches.isEmpty { alternatives.append(branches) }
        }
        if let condition = schema.schema("if"), schema["then"] != nil || schema["else"] != nil {
            let then = schema.schema("then") ?? true
            let otherwise = schema.schema("else") ?? true
            alternatives.append([["allOf": [condition, then]], ["allOf": [otherwise, ["not": condition]]]])
        }
        if let no = schema.schema("not") { exclude(no) }
        needsCheck = needsCheck || !alternatives.isEmpty
    }

    /// What `not` forbids in so many words; the rest is for the check.
    private mutating func exclude(_ schema: JSONValue) {
        needsCheck = true
        let object = schema.object ?? [:]
        if schema.bool == true || (schema.object != nil && object.isEmpty) { isImpossible = true }
        guard object.count == 1 else { return }
        excludedTypes.formUnion(object.schemaTypes ?? [])
        if let names = object["required"]?.array, names.count == 1, let name = names[0].string { omitted.insert(name) }
    }
}
