import DifyProtocol

/// Equality by meaning, as people compare values.
enum JSONMeaning {
    /// Numbers by value, objects whatever the order of their keys, everything else as written.
    static func equal(_ first: JSONValue, _ second: JSONValue) -> Bool {
        switch (first, second) {
        case (.number(let first), .number(let second)):
            first.literal == second.literal || (first.double == second.double && !(first.isInteger && second.isInteger))
        case (.array(let first), .array(let second)):
            first.count == second.count && zip(first, second).allSatisfy(equal)
        case (.object(let first), .object(let second)):
            first.count == second.count
                && first.allSatisfy { member in second[member.key].map { equal(member.value, $0) } ?? false }
        default: first == second
        }
    }
}
