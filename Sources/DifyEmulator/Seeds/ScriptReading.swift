import DifyProtocol

/// Scripts as seeds write them.
extension SeedReader {
    mutating func script(_ node: SeedNode) -> ScriptEntry? {
        let keys = ["name", "match", "priority", "times", "respond", "sequence", "then"]
        guard members(node, of: "a script", keys: keys) != nil else { return nil }
        guard let match = node["match"] else {
            fail(node, "a script needs \"match\": which calls it answers")
            return nil
        }
        guard let type = scriptType(match) else { return nil }
        let words = MatchWords.words(for: type)
        guard members(match, of: "\"match\" of type \(type.rawValue)", keys: words.keys) != nil else { return nil }
        let kind = type == .tool ? word("kind", of: match, as: ToolKind.self) : nil
        guard let answer = answer(of: node, under: "respond", for: type == .tool ? .tool(kind) : .call(type)) else {
            fail(node, "a script needs \"respond\" or \"sequence\": what it answers")
            return nil
        }
        let name = optionalText("name", of: node)
        let named = { (reader: inout SeedReader, key: String) in
            words.names.contains(key) ? reader.optionalText(key, of: match) : nil
        }
        return ScriptEntry(
            identity: name ?? identity(ofScriptMatching: match), name: name,
            match: ScriptEntry.Match(
                type: type, kind: kind, provider: named(&self, "provider"), tool: named(&self, "tool"),
                model: named(&self, "model"), app: named(&self, "app")),
            conditions: conditions(of: match, words, type),
            priority: integer("priority", of: node, in: -1_000_000...1_000_000) ?? 0,
            times: integer("times", of: node, in: 1...Int.max), answer: answer, definition: node.json,
            place: node.place, matchPlace: match.place)
    }

    /// The type of call that a script answers; tools when it names none.
    private mutating func scriptType(_ match: SeedNode) -> InvocationType? {
        guard case .map = match.value else {
            fail(match, "\"match\" is \(match.kind); it must be a mapping with type and what the call must be like")
            return nil
        }
        guard let text = optionalText("type", of: match) else { return .tool }
        guard let type = InvocationType(rawValue: text) else {
            let known = InvocationType.allCases.map(\.rawValue)
            let nearest = Nearest.matches(text, in: known, limit: 1).first.map { "did you mean \"\($0)\"?" }
            let hint = nearest ?? "known are \(known.joined(separator: ", "))"
            fail(match["type"] ?? match, "there is no type of call \"\(text)\"; \(hint)")
            return nil
        }
        return type
    }

    private mutating func conditions(
        of match: SeedNode, _ words: MatchWords, _ type: InvocationType
    ) -> [Condition] {
        guard case .map(let members) = match.value else { return [] }
        var conditions: [Condition] = []
        for member in members {
            if words.facts.contains(member.key) {
                let condition = Condition(member.key, tests: tests(of: member.value))
                conditions.append(condition)
                checkValues(of: condition, at: member)
                if MatchWords.isList(member.key, of: type) { checkList(condition, at: member) }
            } else if words.mappings.contains(member.key), !member.value.json.isNull {
                // A tool's parameters are its facts; everything else keeps its mapping.
                let container = member.key == "parameters" ? nil : member.key
                conditions += memberConditions(member, in: container)
            }
        }
        return conditions
    }

    /// A fact that can have some values only is not asked for others: the script would never answer.
    private mutating func checkValues(of condition: Condition, at member: SeedNode.Member) {
        guard let known = MatchWords.values(of: condition.name) else { return }
        let asked = condition.tests.flatMap { test -> [JSONValue] in
            switch test {
            case .equal(let value): [value]
            case .oneOf(let values): values
            case .contains, .matches, .absent: []
            }
        }
        for value in asked where !known.contains(where: { .string($0) == value }) {
            let words = known.joined(separator: ", ")
            fail(member.value, "\"\(condition.name)\" is never \(value.description); it is one of \(words)")
        }
    }

    /// A list equals no single value.
    private mutating func checkList(_ condition: Condition, at member: SeedNode.Member) {
        for test in condition.tests {
            guard case .equal(let value) = test, value.array == nil else { continue }
            fail(
                member.value,
                "\"\(condition.name)\" is a list and never equals \(value); write {contains: \(value)}, or [\(value)]")
        }
    }

    private mutating func memberConditions(_ mapping: SeedNode.Member, in container: String?) -> [Condition] {
        guard case .map(let members) = mapping.value.value else {
            fail(
                mapping.value,
                "\"\(mapping.key)\" is \(mapping.value.kind); it must be a mapping of names to values or operators")
            return []
        }
        return members.map { Condition($0.key, in: container, tests: tests(of: $0.value)) }
    }

    /// A bare value means equal; a mapping holds operators only.
    private mutating func tests(of node: SeedNode) -> [Condition.Test] {
        guard case .map(let members) = node.value else { return [.equal(node.json)] }
        if members.isEmpty { fail(node, "an empty mapping asks nothing; write {equal: {}} for an empty object") }
        return members.compactMap { test($0) }
    }

    private mutating func test(_ member: SeedNode.Member) -> Condition.Test? {
        let node = member.value
        switch member.key {
        case "equal": return .equal(node.json)
        case "contains": return .contains(node.json)
        case "oneOf":
            guard case .list(let options) = node.value else {
                fail(node, "\"oneOf\" is \(node.kind); it must be a list of values")
                return nil
            }
            return .oneOf(options.map(\.json))
        case "absent":
            guard let flag = node.json.bool else {
                fail(node, "\"absent\" is \(node.kind); it must be true or false")
                return nil
            }
            return .absent(flag)
        case "matches":
            guard let text = text(node, what: "\"matches\"") else { return nil }
            do {
                return .matches(try Pattern(text))
            } catch {
                fail(node, "\"matches\" is no regular expression: \(error)")
                return nil
            }
        default:
            let known = "equal, contains, matches, oneOf, absent"
            fail(
                at: member.place,
                "there is no operator \"\(member.key)\"; known are \(known); write {equal: {…}} for an object")
            return nil
        }
    }
}

extension SeedPlace: CustomStringConvertible {
    /// `file:line`
    var description: String { line > 0 ? "\(file):\(line)" : file }
}
