import DifyProtocol

/// A rule that answers the calls it matches: a seed's entry, set against what the workspace has.
struct Script: Sendable {
    /// The rule as the seed writes it.
    let entry: ScriptEntry
    /// What its names stand for.
    let target: Target
    /// Its place among the workspace's scripts.
    let position: Int

    /// Which entries of the catalogue a script is about; nil stands for any.
    struct Target: Sendable {
        /// The resolved provider: `author/plugin/provider` or a UUID.
        var provider: String?
        /// The resolved app.
        var app: ProviderUUID?
    }

    /// How messages call it: its name, or its number among the workspace's scripts.
    var title: String { entry.name ?? "number \(position + 1)" }

    /// Order of preference: higher priority, then more conditions, then more exact ones, then first in the file.
    var rank: Rank {
        let tests = entry.conditions.reduce(0) { $0 + $1.tests.count }
        let match = entry.match
        let named = [
            match.kind != nil, match.provider != nil, match.tool != nil, match.model != nil, match.app != nil,
        ].count { $0 }
        let equal = entry.conditions.reduce(0) { $0 + $1.equalCount }
        return Rank(values: [-entry.priority, -(tests + named), -(equal + named), position])
    }

    /// Compares value by value.
    struct Rank: Comparable {
        let values: [Int]

        static func < (first: Rank, second: Rank) -> Bool {
            first.values.lexicographicallyPrecedes(second.values)
        }
    }

    /// Whether the script is about this call's subject, whatever the conditions say.
    func concerns(_ subject: CallSubject) -> Bool {
        let match = entry.match
        guard match.type == subject.type else { return false }
        switch subject {
        case .tool(let tool):
            return (match.kind == nil || match.kind == tool.kind)
                && (target.provider == nil || target.provider == tool.provider)
                && (match.tool == nil || match.tool == tool.tool)
        case .model(_, let model):
            return (target.provider == nil || target.provider == model.provider)
                && (match.model == nil || match.model == model.model)
        case .app(_, let id): return target.app == nil || target.app == id
        case .platform: return true
        }
    }

    /// The conditions that this call does not fulfil.
    func failures(for facts: JSONObject) -> [Condition] {
        entry.conditions.filter { !$0.holds(for: facts) }
    }
}
