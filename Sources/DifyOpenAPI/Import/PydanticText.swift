internal import DifyProtocol

/// The texts of pydantic's validation errors, which Dify shows as they are.
enum PydanticText {
    /// One thing that is wrong with one field.
    struct Finding {
        let field: String
        let message: String
        let type: String
        let input: DocumentValue
    }

    static func error(model: String, _ findings: [Finding]) -> APISchemaError {
        let plural = findings.count == 1 ? "" : "s"
        let lines = findings.map { finding in
            """
            \(finding.field)
              \(finding.message) [type=\(finding.type), input_value=\(finding.input.pythonRepr), \
            input_type=\(inputType(finding.input))]
                For further information visit https://errors.pydantic.dev/2.12/v/\(finding.type)
            """
        }
        return APISchemaError(
            .validation,
            "\(findings.count) validation error\(plural) for \(model)\n" + lines.joined(separator: "\n"))
    }

    /// A text where the model wants one.
    ///
    /// - Throws: The error of a field that holds something else.
    static func text(_ value: DocumentValue, field: String, model: String) throws(APISchemaError) -> String {
        guard case .string(let text) = value else { throw error(model: model, [notText(value, field: field)]) }
        return text
    }

    /// A text or nothing.
    static func optionalText(
        _ value: DocumentValue, field: String, model: String
    ) throws(APISchemaError) -> String? {
        value == .null ? nil : try text(value, field: field, model: model)
    }

    /// What pydantic takes for a boolean: `true`, 1, 1.0, "yes", "ON" …
    static func boolean(_ value: DocumentValue, field: String, model: String) throws(APISchemaError) -> Bool {
        switch value {
        case .bool(let flag): return flag
        case .number(let number) where number.double == 0 || number.double == 1: return number.double == 1
        case .string(let text):
            if ["1", "true", "t", "yes", "y", "on"].contains(text.lowercased()) { return true }
            if ["0", "false", "f", "no", "n", "off"].contains(text.lowercased()) { return false }
        default: break
        }
        let isScalar = value.text != nil || isNumber(value)
        let message =
            isScalar
            ? "Input should be a valid boolean, unable to interpret input" : "Input should be a valid boolean"
        let type = isScalar ? "bool_parsing" : "bool_type"
        throw error(model: model, [Finding(field: field, message: message, type: type, input: value)])
    }

    /// The default of a parameter: text, number, boolean (before 1.9.2 a number), since 1.11.3 list or object.
    static func defaultValue(_ value: DocumentValue, profile: Profile) throws(APISchemaError) -> JSONValue {
        switch value {
        case .bool(let flag) where !profile.has(.plainDefaults): return flag ? 1.0 : 0.0
        case .timestamp, .bytes: throw noDefault(value, profile: profile)
        case .list where !profile.has(.structuredDefaults), .map where !profile.has(.structuredDefaults):
            throw noDefault(value, profile: profile)
        default: return value.json
        }
    }

    /// The error of a default that is of none of the types that the release allows.
    private static func noDefault(_ value: DocumentValue, profile: Profile) -> APISchemaError {
        var kinds = [
            ("float", "number", "float_type"), ("int", "integer", "int_type"), ("str", "string", "string_type"),
        ]
        if profile.has(.plainDefaults) { kinds.append(("bool", "boolean", "bool_type")) }
        if profile.has(.structuredDefaults) {
            kinds += [("list[any]", "list", "list_type"), ("dict[any,any]", "dictionary", "dict_type")]
        }
        return error(
            model: "ToolParameter",
            kinds.map {
                Finding(field: "default.\($0.0)", message: "Input should be a valid \($0.1)", type: $0.2, input: value)
            })
    }

    static func notText(_ value: DocumentValue, field: String) -> Finding {
        Finding(field: field, message: "Input should be a valid string", type: "string_type", input: value)
    }

    private static func isNumber(_ value: DocumentValue) -> Bool {
        if case .number = value { true } else { false }
    }

    private static func inputType(_ value: DocumentValue) -> String {
        if case .timestamp(let timestamp) = value { timestamp.typeName } else { value.pythonType }
    }
}
