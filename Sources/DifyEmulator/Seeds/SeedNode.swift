import DifyOpenAPI
import DifyProtocol

/// A value of a seed file with its place, so that a mistake can be shown where it stands.
///
/// Entries read back from the store have the same shape and no place.
struct SeedNode: Sendable {
    /// What the node holds.
    indirect enum Value: Sendable {
        case scalar(JSONValue)
        case list([SeedNode])
        case map([Member])
    }

    /// One pair of a mapping.
    struct Member: Sendable {
        let key: String
        let place: SeedPlace
        let value: SeedNode
    }

    let value: Value
    let place: SeedPlace
    /// The node as it is written, for API documents inside a seed, which are read by other rules.
    let source: YAMLNode?

    /// An entry of the store.
    init(json: JSONValue) {
        place = .none
        source = nil
        switch json {
        case .array(let elements): value = .list(elements.map(SeedNode.init(json:)))
        case .object(let object):
            value = .map(object.map { Member(key: $0.key, place: .none, value: SeedNode(json: $0.value)) })
        default: value = .scalar(json)
        }
    }

    /// A node of a file, read by YAML 1.2's core types. Repeated keys are reported.
    init(_ node: YAMLNode, file: String, mistakes: inout [SeedMistake]) {
        place = SeedPlace(file: file, line: node.place.line, column: node.place.column)
        source = node
        switch node {
        case .scalar(let scalar): value = .scalar(CoreSchema.value(of: scalar))
        case .sequence(let elements, _, _):
            var list: [SeedNode] = []
            for element in elements { list.append(SeedNode(element, file: file, mistakes: &mistakes)) }
            value = .list(list)
        case .mapping(let entries, _, _):
            var members: [Member] = []
            var keys: Set<String> = []
            for entry in entries {
                let keyPlace = SeedPlace(file: file, line: entry.key.place.line, column: entry.key.place.column)
                guard case .scalar(let key) = entry.key else {
                    mistakes.append(SeedMistake(place: keyPlace, message: "a key must be text"))
                    continue
                }
                if !keys.insert(key.text).inserted {
                    mistakes.append(SeedMistake(place: keyPlace, message: "\"\(key.text)\" stands here twice"))
                }
                let value = SeedNode(entry.value, file: file, mistakes: &mistakes)
                members.append(Member(key: key.text, place: keyPlace, value: value))
            }
            value = .map(members)
        }
    }

    /// The plain value.
    var json: JSONValue {
        switch value {
        case .scalar(let value): value
        case .list(let elements): .array(elements.map(\.json))
        case .map(let members): .object(JSONObject(members.map { ($0.key, $0.value.json) }))
        }
    }

    /// The member of a mapping.
    subscript(key: String) -> SeedNode? {
        if case .map(let members) = value { members.last { $0.key == key }?.value } else { nil }
    }

    /// How many elements a list has; nil for anything else.
    var elementCount: Int? {
        if case .list(let elements) = value { elements.count } else { nil }
    }

    /// What the node is, in words.
    var kind: String {
        switch value {
        case .list: "a list"
        case .map: "a mapping"
        case .scalar(.string): "text"
        case .scalar(.number): "a number"
        case .scalar(.bool): "true or false"
        case .scalar: "nothing"
        }
    }
}

/// A place in a seed file.
struct SeedPlace: Sendable, Hashable {
    let file: String
    /// Counted from 1; 0 where no place is known.
    let line: Int
    /// Counted from 1.
    let column: Int

    static let none = SeedPlace(file: "", line: 0, column: 0)
}
