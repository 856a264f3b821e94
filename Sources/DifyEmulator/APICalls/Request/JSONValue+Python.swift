import DifyProtocol

/// Python's way of reaching into a value, with the exception of every misstep.
///
/// The import has looked at most of an operation already, so few of these exceptions are ever seen.
extension JSONValue {
    /// `self[key]`
    func pythonItem(_ key: String) throws(StreamError) -> JSONValue {
        switch self {
        case .object(let object):
            guard let value = object[key] else { throw StreamError(PythonText.repr(key)) }
            return value
        case .array: throw StreamError("list indices must be integers or slices, not str")
        case .string: throw StreamError("string indices must be integers, not 'str'")
        default: throw StreamError("'\(PythonText.typeName(self))' object is not subscriptable")
        }
    }

    /// `self.get(key)`
    func pythonGet(_ key: String) throws(StreamError) -> JSONValue? { try pythonItems("get")[key] }

    /// `self.items()`, or the object whose other methods are wanted.
    func pythonItems(_ method: String = "items") throws(StreamError) -> JSONObject {
        guard case .object(let object) = self else { throw missingAttribute(method) }
        return object
    }

    /// `key in self`
    func pythonContains(_ key: String) throws(StreamError) -> Bool {
        switch self {
        case .object(let object): object[key] != nil
        case .array(let elements): elements.contains(.string(key))
        case .string(let text): Array(text.utf8).contains(Array(key.utf8))
        default: throw StreamError("argument of type '\(PythonText.typeName(self))' is not iterable")
        }
    }

    /// `for element in self`
    func pythonElements() throws(StreamError) -> [JSONValue] {
        switch self {
        case .array(let elements): elements
        case .object(let object): object.keys.map(JSONValue.string)
        case .string(let text): text.unicodeScalars.map { .string(String($0)) }
        default: throw StreamError("'\(PythonText.typeName(self))' object is not iterable")
        }
    }

    /// `self.name`, which no value of JSON has.
    func missingAttribute(_ name: String) -> StreamError {
        StreamError("'\(PythonText.typeName(self))' object has no attribute '\(name)'")
    }
}
