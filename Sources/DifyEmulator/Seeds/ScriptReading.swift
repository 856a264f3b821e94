import DifyProtocol

/// Scripts as seeds write them.
extension SeedReader {
    mutating func script(_ node: SeedNode) -> ScriptEntry? {
        let keys = ["name", "match", "priority", "times", "respond", "sequence", "then"]
        guard members(node, of: "a script", keys: keys) != nil else { return nil }
        let name = optionalText("name", of: node)
        guard let match = node["match"] else {
            fail(node, "a script needs \"match\": which calls it answers")
            return nil
        }
        let matchKeys = ["type", "kind", "provider", "tool", "parameters"]
        guard members(match, of: "\"match\"", keys: matchKeys) != nil else { return nil }
        if let type = optionalText("type", of: match), type != InvocationType.tool.rawValue {
            fail(match["type"] ?? match, "scripts answer calls of type tool; not \"\(type)\"")
        }
        let kind = word("kind", of: match, as: ToolKind.self)
        guard let answer = answer(of: node, under: "respond", for: kind) else {
            fail(node, "a script needs \"respond\" or \"sequence\": what it answers")
            return nil
        }
        let priority = integer("priority", of: node, in: -1_000_000...1_000_000) ?? 0
        let times = integer("times", of: node, in: 1...Int.max)
        return ScriptEntry(
            identity: name ?? node.json.description,
            name: name, kind: kind,
            provider: optionalText("provider", of: match), tool: optionalText("tool", of: match),
            conditions: conditions(of: match), priority: priority, times: times, answer: answer,
            definition: node.json, place: node.place, matchPlace: match.place)
    }

    private mutating func conditions(of match: SeedNode) -> [Condition] {
        guard let parameters = match["parameters"], !parameters.json.isNull else { return [] }
        guard case .map(let members) = parameters.value else {
            fail(
                parameters, "\"parameters\" is \(parameters.kind); it must be a mapping of names to values or operators"
            )
            return []
        }
        return members.map { Condition(parameter: $0.key, tests: tests(of: $0.value)) }
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
