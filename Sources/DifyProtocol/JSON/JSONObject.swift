import OrderedCollections

/// A JSON object in document order.
///
/// Two objects are equal when they hold equal members in the same order.
public struct JSONObject: Sendable, Hashable {
    private var members: OrderedDictionary<ExactKey, JSONValue>

    /// A key that differs from another when its bytes do. Swift's strings take `é` for the same as `e` with an accent
    /// that combines; Python's do not.
    fileprivate struct ExactKey: Sendable, Hashable {
        let text: String

        static func == (first: ExactKey, second: ExactKey) -> Bool { first.text.utf8.elementsEqual(second.text.utf8) }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    /// An empty object.
    public init() { members = [:] }

    /// An object of these members. Of two equal keys the last one counts and keeps the first one's place, as in
    /// every JSON reader that Dify uses.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.members = OrderedDictionary(
            members.lazy.map { (ExactKey(text: $0.0), $0.1) }, uniquingKeysWith: { _, last in last })
    }

    /// The member with this key. Setting a new key appends it; setting nil removes it.
    public subscript(key: String) -> JSONValue? {
        get { members[ExactKey(text: key)] }
        set { members[ExactKey(text: key)] = newValue }
    }

    /// The keys, in order.
    public var keys: [String] { members.keys.map(\.text) }

    /// How many members there are.
    public var count: Int { members.count }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The object with the values of another one added or put in place of its own.
    public func merging(_ other: JSONObject) -> JSONObject {
        var result = self
        for (key, value) in other { result[key] = value }
        return result
    }
}

extension JSONObject: Sequence {
    /// Walks the members in order.
    public struct Iterator: IteratorProtocol {
        fileprivate var base: OrderedDictionary<ExactKey, JSONValue>.Iterator

        public mutating func next() -> (key: String, value: JSONValue)? {
            base.next().map { ($0.key.text, $0.value) }
        }
    }

    public func makeIterator() -> Iterator { Iterator(base: members.makeIterator()) }

    public var underestimatedCount: Int { members.count }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
