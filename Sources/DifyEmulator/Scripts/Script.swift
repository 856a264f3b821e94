import DifyProtocol

/// A rule that answers the calls it matches: a seed's entry, set against what the workspace has.
struct Script: Sendable {
    /// The rule as the seed writes it.
    let entry: ScriptEntry
    /// The resolved provider: `author/plugin/provider` or a UUID.
    let provider: String?
    /// Its place among the workspace's scripts.
    let position: Int

    /// How messages call it: its name, or its number among the workspace's scripts.
    var title: String { entry.name ?? "number \(position + 1)" }

    /// Order of preference: higher priority, then more conditions, then more exact ones, then first in the file.
    var rank: Rank {
        let tests = entry.conditions.reduce(0) { $0 + $1.tests.count }
        let named = [entry.kind != nil, provider != nil, entry.tool != nil].count { $0 }
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

    /// Whether the script is about this tool, whatever the parameters.
    func concerns(_ tool: ToolIdentity) -> Bool {
        (entry.kind == nil || entry.kind == tool.kind) && (provider == nil || provider == tool.provider)
            && (entry.tool == nil || entry.tool == tool.tool)
    }

    /// The conditions that these parameters do not fulfil.
    func failures(for parameters: JSONObject) -> [Condition] {
        entry.conditions.filter { !$0.holds(for: parameters) }
    }
}
