import DifyProtocol

/// Dify's conversion of a body value by its property's own schema (`_convert_body_property_type`).
enum PropertyConversion {
    /// Deepest nesting of `anyOf`.
    private static let deepest = 10

    /// The value as it is sent. A conversion that fails leaves it unchanged, and a property with neither `type` nor
    /// `anyOf` turns everything into null.
    static func converted(_ value: JSONValue, by property: JSONValue) throws(StreamError) -> JSONValue {
        do throws(PythonConversion.Failure) {
            if let type = property["type"] { return try converted(value, to: type) }
            guard let options = property["anyOf"]?.array else { return .null }
            return try converted(value, to: options, depth: deepest)
        } catch {
            switch error {
            case .valueError: return value
            case .other(let text): throw StreamError(text)
            }
        }
    }

    private static func converted(
        _ value: JSONValue, to type: JSONValue
    ) throws(PythonConversion.Failure) -> JSONValue {
        switch type {
        case "integer", "int": return try PythonConversion.integer(value)
        case "number": return try PythonConversion.number(value)
        case "string": return .string(PythonText.str(value))
        case "boolean": return .bool(PythonText.isTruthy(value))
        case "null": return .null
        case "object", "array":
            guard let text = value.string else { return value }
            return (try? JSONParser.parse(text, dialect: .python)) ?? value
        default: return value
        }
    }

    /// The first option that takes the value; without one the value itself.
    private static func converted(
        _ value: JSONValue, to options: [JSONValue], depth: Int
    ) throws(PythonConversion.Failure) -> JSONValue {
        guard depth > 0 else { throw .other("Max recursion depth reached") }
        for option in options {
            do throws(PythonConversion.Failure) {
                if let converted = try converted(value, toOption: option, depth: depth) { return converted }
            } catch {
                guard case .valueError = error else { throw error }
            }
        }
        return value
    }

    /// - Returns: nil when the option does not apply.
    private static func converted(
        _ value: JSONValue, toOption option: JSONValue, depth: Int
    ) throws(PythonConversion.Failure) -> JSONValue? {
        guard let type = try item("type", of: option) else {
            guard let nested = try item("anyOf", of: option)?.array else { return nil }
            return try converted(value, to: nested, depth: depth - 1)
        }
        switch type {
        case "integer", "int": return try PythonConversion.integer(value)
        case "number": return try PythonConversion.number(value)
        case "string": return .string(PythonText.str(value))
        case "boolean":
            switch PythonText.str(value).lowercased() {
            case "true", "1": return true
            case "false", "0": return false
            default: return nil
            }
        case "null" where !PythonText.isTruthy(value): return .null
        default: return nil
        }
    }

    /// `option[key] if key in option`
    private static func item(
        _ key: String, of option: JSONValue
    ) throws(PythonConversion.Failure) -> JSONValue? {
        do throws(StreamError) {
            // A conditional expression would take nil for JSON's null.
            guard try option.pythonContains(key) else { return nil }
            return try option.pythonItem(key)
        } catch {
            throw .other(error.message)
        }
    }
}
