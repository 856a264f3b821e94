import DifyProtocol

/// How many characters, items or members there may be.
struct SchemaCounts {
    private(set) var minimum = 0
    private(set) var maximum = Int.max

    /// Whether any schema speaks of the number.
    var isBounded: Bool { minimum > 0 || maximum < .max }

    mutating func narrow(_ schema: JSONObject, _ lower: String, _ upper: String) {
        minimum = max(minimum, schema.schemaCount(lower) ?? 0)
        maximum = min(maximum, schema.schemaCount(upper) ?? .max)
    }
}
