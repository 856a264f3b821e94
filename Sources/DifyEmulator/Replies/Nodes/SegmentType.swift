import DifyProtocol

/// The types of values in Dify's workflows, as far as parameters can have them (`SegmentType`).
enum SegmentType: String, Sendable {
    case string
    case number
    case boolean
    case object
    case arrayString = "array[string]"
    case arrayNumber = "array[number]"
    case arrayObject = "array[object]"
    case arrayBoolean = "array[boolean]"

    /// The type behind a parameter's type: `bool` and `select` are Dify's older words for boolean and string.
    init?(parameterType: String) {
        switch parameterType {
        case "bool": self = .boolean
        case "select": self = .string
        default: self.init(rawValue: parameterType)
        }
    }

    /// What the elements of an array are; nil for what is no array.
    var element: SegmentType? {
        switch self {
        case .arrayString: .string
        case .arrayNumber: .number
        case .arrayObject: .object
        case .arrayBoolean: .boolean
        case .string, .number, .boolean, .object: nil
        }
    }

    /// What an output holds for which there is no value.
    var zero: JSONValue {
        switch self {
        case .string: ""
        case .number: 0
        case .boolean: false
        case .object: [:]
        case .arrayString, .arrayNumber, .arrayObject, .arrayBoolean: []
        }
    }

    /// Whether a value has this type. In Python, where Dify looks, a truth value is a number as well.
    func holds(_ value: JSONValue) -> Bool {
        if let element { return value.array?.allSatisfy(element.holds) ?? false }
        return switch value {
        case .string: self == .string
        case .number: self == .number
        case .bool: self == .boolean || self == .number
        case .object: self == .object
        case .null, .array: false
        }
    }

    /// The name that Dify infers for a value's type, as it stands in error texts.
    static func inferredName(of value: JSONValue) -> String {
        switch value {
        case .null: "none"
        case .bool: "boolean"
        case .number(let number): number.isInteger ? "integer" : "float"
        case .string: "string"
        case .object: "object"
        case .array(let elements): arrayName(Set(elements.map(inferredName)))
        }
    }

    private static func arrayName(_ elements: Set<String>) -> String {
        // True of the empty set, too: Dify takes an empty list for one of numbers.
        if elements.isSubset(of: ["integer", "float"]) { return arrayNumber.rawValue }
        if elements.count == 1, let element = elements.first, ["string", "object", "boolean"].contains(element) {
            return "array[\(element)]"
        }
        return "array[any]"
    }
}

extension ExtractedParameter {
    /// The type of the parameter's value. The daemon lets no other types through.
    var segmentType: SegmentType { SegmentType(parameterType: type) ?? .string }
}
