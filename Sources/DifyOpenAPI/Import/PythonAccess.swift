internal import DifyProtocol
internal import OrderedCollections

/// Python's way of reaching into a value, with the exception of every misstep.
///
/// Dify's importer indexes documents without looking first; which text a user reads about a broken document
/// depends on nothing else.
extension DocumentValue {
    /// `self[key]`
    func index(_ key: String) throws(APISchemaError) -> DocumentValue {
        switch self {
        case .map(let map):
            guard let value = map[.string(key)] else { throw APISchemaError(.key, PythonText.repr(key)) }
            return value
        case .list:
            throw APISchemaError(.type, "list indices must be integers or slices, not str")
        case .string:
            throw APISchemaError(.type, "string indices must be integers, not 'str'")
        default:
            throw APISchemaError(.type, "'\(pythonType)' object is not subscriptable")
        }
    }

    /// `self.get(key)`
    func get(_ key: String) throws(APISchemaError) -> DocumentValue? {
        guard case .map(let map) = self else { throw missingAttribute("get") }
        return map[.string(key)]
    }

    /// `key in self`
    func contains(_ key: String) throws(APISchemaError) -> Bool {
        switch self {
        case .map(let map): map[.string(key)] != nil
        case .list(let list): list.contains(.string(key))
        case .string(let text): text.contains(key)
        default: throw APISchemaError(.type, "argument of type '\(pythonType)' is not iterable")
        }
    }

    /// `for element in self`
    func iterated() throws(APISchemaError) -> [DocumentValue] {
        switch self {
        case .list(let list): list
        case .map(let map): Array(map.keys)
        case .string(let text): text.unicodeScalars.map { .string(String($0)) }
        default: throw APISchemaError(.type, "'\(pythonType)' object is not iterable")
        }
    }

    /// `self.items()`
    func items() throws(APISchemaError) -> DocumentMap {
        guard case .map(let map) = self else { throw missingAttribute("items") }
        return map
    }

    func missingAttribute(_ name: String) -> APISchemaError {
        APISchemaError(.attribute, "'\(pythonType)' object has no attribute '\(name)'")
    }
}
