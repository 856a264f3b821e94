import DifyProtocol

/// What Dify does to the arguments of a workflow tool once its run starts (the start node's form).
enum WorkflowInputs {
    /// The parameters with the defaults of absent ones filled in.
    ///
    /// - Throws: ``StreamError`` with Dify's text for a required input without value and for a choice that is none.
    static func prepare(_ parameters: JSONObject, for declared: [ToolParameter]) throws(StreamError) -> JSONObject {
        var inputs = parameters
        for parameter in declared {
            let value = parameters[parameter.name] ?? .null
            if value.isNull {
                if parameter.required { throw StreamError("\(parameter.name) is required in input form") }
                if !parameter.defaultValue.isNull { inputs[parameter.name] = parameter.defaultValue }
            } else if parameter.type == .select, !parameter.options.contains(where: { .string($0) == value }) {
                let options = PythonText.repr(.array(parameter.options.map(JSONValue.string)))
                throw StreamError("\(parameter.name) in input form must be one of the following: \(options)")
            }
        }
        return inputs
    }
}
