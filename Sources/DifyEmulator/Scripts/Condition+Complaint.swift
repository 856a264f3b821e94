import DifyProtocol

/// Conditions in words, for calls that came near.
extension Condition {
    /// What is asked and what was given: `query must contain "swift", is "kotlin"`.
    func complaint(about facts: JSONObject) -> String {
        let value = value(in: facts)
        let failed = tests.filter { !$0.holds(for: value) }.map(\.demand).joined(separator: " and ")
        return "\(title) \(failed), \(value.map { "is \($0.description.prefix(200))" } ?? "is absent")"
    }
}

extension Condition.Test {
    fileprivate var demand: String {
        switch self {
        case .equal(let value): "must equal \(value)"
        case .contains(let part): "must contain \(part)"
        case .matches(let pattern): "must match /\(pattern.text)/"
        case .oneOf(let options): "must be one of \(JSONValue.array(options))"
        case .absent(let isAbsent): isAbsent ? "must be absent" : "must be there"
        }
    }
}
