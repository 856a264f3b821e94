public import DifyProtocol

/// Dify's conversion of an argument to its parameter's declared type (`cast_parameter_value`, 1.14.2).
extension ToolParameter.ParameterType {
    /// The value as the tool gets it.
    ///
    /// - Throws: ``Refusal`` with Dify's text when the value does not fit.
    public func cast(_ value: JSONValue) throws(Refusal) -> JSONValue {
        switch self {
        case .string, .secretInput, .select, .checkbox, .dynamicSelect:
            value.isNull ? "" : .string(PythonText.str(value))
        case .boolean: .bool(Self.boolean(value))
        case .number: try Self.number(value)
        case .file: try Self.file(value)
        case .files, .systemFiles: value.array == nil ? [value] : value
        case .modelSelector, .appSelector:
            try Self.require(value.object != nil, value, "The selector must be a dictionary.")
        case .toolsSelector:
            try Self.require(
                !PythonText.isTruthy(value) || value.array != nil, value, "The tools selector must be a list.")
        // Dify refuses what is neither text, number, list nor object; JSON has nothing else (a bool counts as a number).
        case .any: value
        case .array: Self.array(value)
        case .object: Self.object(value)
        }
    }

    /// Text that says neither yes nor no is true, `"off"` included.
    private static func boolean(_ value: JSONValue) -> Bool {
        guard case .string(let text) = value else { return PythonText.isTruthy(value) }
        switch text.lowercased() {
        case "false", "no", "n", "0", "": return false
        default: return true
        }
    }

    private static func number(_ value: JSONValue) throws(Refusal) -> JSONValue {
        switch value {
        case .number, .bool: return value
        case .string(let text) where !text.isEmpty:
            if text.contains(".") {
                guard let number = PythonNumber.float(from: text) else {
                    throw .invalidParameter("could not convert string to float: \(PythonText.repr(text))")
                }
                return .number(JSONNumber(number))
            }
            guard let number = PythonNumber.integer(from: text) else {
                throw .invalidParameter("invalid literal for int() with base 10: \(PythonText.repr(text))")
            }
            return .number(number)
        default: return .null
        }
    }

    private static func file(_ value: JSONValue) throws(Refusal) -> JSONValue {
        guard case .array(let elements) = value else { return value }
        guard let only = elements.first, elements.count == 1 else {
            throw .invalidParameter(
                "This parameter only accepts one file but got multiple files while invoking.")
        }
        return only
    }

    private static func array(_ value: JSONValue) -> JSONValue {
        if case .array = value { return value }
        if let text = value.string, let parsed = try? JSONParser.parse(text, dialect: .python), parsed.array != nil {
            return parsed
        }
        return [value]
    }

    private static func object(_ value: JSONValue) -> JSONValue {
        if case .object = value { return value }
        if let text = value.string, let parsed = try? JSONParser.parse(text, dialect: .python), parsed.object != nil {
            return parsed
        }
        return [:]
    }

    private static func require(
        _ condition: Bool, _ value: JSONValue, _ message: String
    ) throws(Refusal) -> JSONValue {
        guard condition else { throw .invalidParameter(message) }
        return value
    }
}
