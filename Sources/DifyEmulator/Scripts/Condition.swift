import DifyProtocol

/// What a script asks of one parameter.
struct Condition: Sendable {
    /// One test of a value. Several on one parameter must all hold.
    enum Test: Sendable {
        /// The same by meaning: 1 equals 1.0, objects regardless of the order of their keys.
        case equal(JSONValue)
        /// A part of the text, or an element of the list.
        case contains(JSONValue)
        /// The pattern is found somewhere in the text.
        case matches(Pattern)
        /// Equal to one of these.
        case oneOf([JSONValue])
        /// The parameter is not there (true) or is there (false). null counts as there.
        case absent(Bool)
    }

    let parameter: String
    let tests: [Test]

    /// Whether the call's parameters fulfil the condition.
    func holds(for parameters: JSONObject) -> Bool {
        let value = parameters[parameter]
        return tests.allSatisfy { $0.holds(for: value) }
    }

    /// How many of the tests ask for one exact value.
    var equalCount: Int {
        tests.count { if case .equal = $0 { true } else { false } }
    }
}

extension Condition.Test {
    func holds(for value: JSONValue?) -> Bool {
        switch self {
        case .absent(let isAbsent): return (value == nil) == isAbsent
        case .equal(let expected): return value.map { JSONMeaning.equal($0, expected) } ?? false
        case .oneOf(let options):
            return options.contains { option in value.map { JSONMeaning.equal($0, option) } ?? false }
        case .contains(let part):
            guard let value else { return false }
            if let elements = value.array { return elements.contains { JSONMeaning.equal($0, part) } }
            return PythonText.str(value).contains(PythonText.str(part))
        case .matches(let pattern):
            return value.map { pattern.isFound(in: PythonText.str($0)) } ?? false
        }
    }
}
