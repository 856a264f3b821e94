import DifyProtocol

/// What the keywords of one schema object say, read without trust: values of a wrong type say nothing.
extension JSONObject {
    /// The types that `type` allows, in order; nil without a type that JSON schema knows. Google's tools write them in
    /// capitals.
    var schemaTypes: [String]? {
        let names = self["type"]?.array ?? self["type"].map { [$0] } ?? []
        let known = names.compactMap { $0.string?.lowercased() }.filter(Self.typeNames.contains)
        return known.isEmpty ? nil : known
    }

    private static var typeNames: [String] {
        ["object", "array", "string", "integer", "number", "boolean", "null"]
    }

    /// A count such as `minLength`.
    func schemaCount(_ key: String) -> Int? {
        guard let number = self[key]?.number else { return nil }
        let count = number.integer ?? Int(exactly: number.double)
        return count.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// How much there is to read in lists.
    var schemaListLength: Int {
        ["type", "allOf", "anyOf", "oneOf"].reduce(0) { $0 + (self[$1]?.array?.count ?? 0) }
    }

    /// The schemas under a key that holds a list of them.
    func schemaList(_ key: String) -> [JSONValue] { self[key]?.array?.filter(\.isSchema) ?? [] }

    /// The schema under a key.
    func schema(_ key: String) -> JSONValue? { self[key].flatMap { $0.isSchema ? $0 : nil } }

    /// A bound, as `minimum` and `exclusiveMinimum` give it, the latter as a number (draft 6 on) or as a flag (draft 4).
    func schemaBounds(_ key: String, exclusive: String) -> [SchemaBound] {
        var bounds: [SchemaBound] = []
        if let limit = self[key]?.number, limit.double.isFinite {
            bounds.append(SchemaBound(limit: limit, isExclusive: self[exclusive]?.bool ?? false))
        }
        if let limit = self[exclusive]?.number, limit.double.isFinite {
            bounds.append(SchemaBound(limit: limit, isExclusive: true))
        }
        return bounds
    }

    /// The divisor of `multipleOf`.
    var schemaDivisor: JSONNumber? {
        guard let divisor = self["multipleOf"]?.number, divisor.double > 0, divisor.double.isFinite else { return nil }
        return divisor
    }
}

/// The lowest or highest number that is allowed, or the first that is not.
struct SchemaBound {
    let limit: JSONNumber
    let isExclusive: Bool

    /// Whether a number is above a lower bound.
    func allowsAbove(_ number: JSONNumber) -> Bool {
        isExclusive ? JSONMeaning.isLess(limit, number) : !JSONMeaning.isLess(number, limit)
    }

    /// Whether a number is below an upper bound.
    func allowsBelow(_ number: JSONNumber) -> Bool {
        isExclusive ? JSONMeaning.isLess(number, limit) : !JSONMeaning.isLess(limit, number)
    }
}

extension JSONMeaning {
    /// Order by value, exact for whole numbers.
    static func isLess(_ first: JSONNumber, _ second: JSONNumber) -> Bool {
        if let first = first.integer, let second = second.integer { return first < second }
        return first.double < second.double
    }
}

extension JSONValue {
    /// Whether this can be a schema at all.
    var isSchema: Bool { object != nil || bool != nil }

    /// The value in the one form that all values of the same meaning share: keys sorted, whole numbers without point.
    var canonical: JSONValue {
        switch self {
        case .number(let number):
            guard !number.isInteger else { return number.literal == "-0" ? 0 : self }
            return Int(exactly: number.double).map { .integer($0) } ?? .number(JSONNumber(number.double))
        case .array(let elements): return .array(elements.map(\.canonical))
        case .object(let object):
            return .object(JSONObject(object.map { ($0.key, $0.value.canonical) }.sorted { $0.0 < $1.0 }))
        default: return self
        }
    }
}
