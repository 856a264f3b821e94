import DifyProtocol

/// What Dify does to the arguments of a reverse call before the tool sees them.
enum ParameterPreparation {
    /// The arguments with form parameters filled in and checked, and everything declared cast to its type.
    ///
    /// Parameters with `form: llm` get no default and no required check. Unknown arguments pass through.
    ///
    /// - Throws: ``FailedLookup`` with Dify's text, and which parameter it is about.
    static func prepare(
        _ arguments: JSONObject, for parameters: [ToolParameter]
    ) throws(FailedLookup) -> JSONObject {
        var prepared = JSONObject()
        for parameter in parameters where parameter.form == .form {
            let given = arguments[parameter.name] ?? .null
            prepared[parameter.name] = try naming(parameter, given) { () throws(Refusal) in
                try formValue(of: parameter, given: given)
            }
        }
        let formValues = prepared
        for (name, value) in arguments where formValues[name] == nil { prepared[name] = value }
        // Several declarations of one name cast in turn, so that the last one's type counts.
        for parameter in parameters {
            guard let value = prepared[parameter.name] else { continue }
            prepared[parameter.name] = try naming(parameter, value) { () throws(Refusal) in
                try parameter.type.cast(value)
            }
        }
        return prepared
    }

    /// Dify's texts about values seldom say whose value it was.
    private static func naming(
        _ parameter: ToolParameter, _ value: JSONValue, _ work: () throws(Refusal) -> JSONValue
    ) throws(FailedLookup) -> JSONValue {
        do {
            return try work()
        } catch {
            let given = value.isNull ? "nothing was given" : "given was \(String(value.description.prefix(200)))"
            throw FailedLookup(
                refusal: error,
                notes: ["this is about the parameter \(parameter.name), a \(parameter.type.rawValue); \(given)"])
        }
    }

    /// The value of a parameter that a user sets (`init_frontend_parameter`).
    static func formValue(of parameter: ToolParameter, given: JSONValue) throws(Refusal) -> JSONValue {
        var value = given
        if isEmpty(value) {
            value = parameter.defaultValue
            if !PythonText.isTruthy(value), parameter.required {
                throw .invalidParameter("tool parameter \(parameter.name) not found in tool config")
            }
        }
        if parameter.type == .select, !value.isNull, !parameter.options.contains(where: { .string($0) == value }) {
            let options = PythonText.repr(.array(parameter.options.map(JSONValue.string)))
            throw .invalidParameter(
                "tool parameter \(parameter.name) value \(PythonText.str(value)) not in options \(options)")
        }
        return try parameter.type.cast(value)
    }

    /// Falsy and not equal to zero: `false` and 0 are values, null, "", [] and {} are not.
    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .bool, .number: false
        default: !PythonText.isTruthy(value)
        }
    }
}
