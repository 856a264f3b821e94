import DifyProtocol

/// What a script asks of one fact about a call: a tool's parameter, a prompt's last message, an app's input.
struct Condition: Sendable {
    /// One test of a value. Several on one fact must all hold.
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

    /// The mapping that the fact is a member of, such as an app's `inputs`; nil for a fact of the call itself.
    let container: String?
    let name: String
    let tests: [Test]

    init(_ name: String, in container: String? = nil, tests: [Test]) {
        self.name = name
        self.container = container
        self.tests = tests
    }

    /// The fact of which it is enough that one of its elements fulfils the tests.
    static let anyMessage = "any_message"

    /// How messages call the fact.
    var title: String { container.map { "\($0).\(name)" } ?? name }

    /// The fact's value in a call; nil when it is absent.
    func value(in facts: JSONObject) -> JSONValue? {
        guard let container else { return facts[name] }
        return facts[container]?[name]
    }

    /// Whether the call fulfils the condition.
    func holds(for facts: JSONObject) -> Bool {
        let value = value(in: facts)
        if name == Self.anyMessage, container == nil, let messages = value?.array {
            return messages.contains { message in tests.allSatisfy { $0.holds(for: message) } }
        }
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
