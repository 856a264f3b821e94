import DifyProtocol

/// A value that a JSON schema accepts, as a model would fill it in.
///
/// In this order it is: the constant, the first value listed, an example or a default that is valid, and otherwise
/// what the type, its bounds, format or pattern ask for. Objects have all their properties, not only the required ones,
/// until a schema meets itself again. The same schema and key always give the same value.
enum SchemaValue {
    /// Longest text that is made.
    static let maximumLength = 100_000
    /// Longest array and largest object that are made.
    static let maximumItems = 1000

    /// A value for the schema. A schema that nothing satisfies, or that is none, gives something close.
    ///
    /// - Parameter key: What tells this value from others of the same schema: ids (the format `uuid`) follow from it.
    static func generate(_ schema: JSONValue, key: String) -> JSONValue { generated(schema, key: key).value }

    /// The value for the schema, with the verdict on it: false for a schema that nothing satisfies or that takes too
    /// much work.
    static func generated(_ schema: JSONValue, key: String) -> (value: JSONValue, isValid: Bool) {
        var fallback: JSONValue?
        for isSparse in [false, true] {
            let document = SchemaDocument(root: schema)
            let generator = SchemaGenerator(document: document, key: key)
            let draft = generator.draft([schema], SchemaPlace(isClosing: isSparse))
            if draft.isValid, SchemaCheck(document: document).accepts(draft.value, schema), !document.work.isUsedUp {
                return (draft.value, true)
            }
            fallback = fallback ?? draft.value
        }
        return (fallback ?? .null, false)
    }
}

/// Where in the answer a value stands.
struct SchemaPlace {
    /// What the value is called: the key of an object's member.
    var name = "value"
    /// Another number gives another value, where the schema allows several.
    var ordinal = 0
    var depth = 0
    /// How many choices between alternatives were made on the way here.
    var choices = 0
    /// References that the values around this one followed.
    var followed: Set<String> = ["#"]
    /// Whether only what must be there is made, because a schema met itself or the answer grew large.
    var isClosing = false
}

/// A value with the verdict on it.
struct SchemaDraft {
    let value: JSONValue
    /// Whether it satisfies the schemas it was made for, as far as they were looked at.
    let isValid: Bool

    /// What stands where nothing fits.
    static let none = SchemaDraft(value: .null, isValid: false)
}
