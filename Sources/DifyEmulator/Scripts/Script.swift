import DifyProtocol

/// A rule that answers the calls it matches.
struct Script: Sendable {
    /// By what a script is known in messages, counters and the store: its name, or its text when it has none.
    let identity: String
    /// How messages call it: its name, or its number among the workspace's scripts.
    let title: String
    let kind: ToolKind?
    /// The resolved provider: `author/plugin/provider` or a UUID.
    let provider: String?
    let tool: String?
    let conditions: [Condition]
    let priority: Int
    /// How often it answers; nil for always.
    let times: Int?
    let answer: ToolAnswer
    /// Its place among the workspace's scripts.
    let position: Int

    /// Order of preference: higher priority, then more conditions, then more exact ones, then first in the file.
    var rank: Rank {
        let tests = conditions.reduce(0) { $0 + $1.tests.count }
        let named = [kind != nil, provider != nil, tool != nil].count { $0 }
        let equal = conditions.reduce(0) { $0 + $1.equalCount }
        return Rank(values: [-priority, -(tests + named), -(equal + named), position])
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
        (kind == nil || kind == tool.kind) && (provider == nil || provider == tool.provider)
            && (self.tool == nil || self.tool == tool.tool)
    }

    /// The conditions that these parameters do not fulfil.
    func failures(for parameters: JSONObject) -> [Condition] {
        conditions.filter { !$0.holds(for: parameters) }
    }
}
