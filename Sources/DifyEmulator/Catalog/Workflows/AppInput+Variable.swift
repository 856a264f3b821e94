import DifyProtocol

/// A start node's variable as workflows hold it (`VariableEntity`).
extension AppInput {
    /// Reads a variable.
    ///
    /// - Throws: ``PydanticReport`` for one that Dify cannot read.
    init(variable value: JSONValue) throws(PydanticReport) {
        var fields = try ModelFields(value, model: "VariableEntity")
        let name = fields.text("variable")
        let label = fields.text("label")
        let description = fields.description("description")
        let type = fields.word("type", of: InputType.allCases)
        let required = fields.flag("required")
        _ = fields.flag("hide")
        let maxLength = fields.integer("max_length")
        let hasOptions = fields["options"].map(PythonText.isTruthy) ?? false
        let options = hasOptions ? fields.texts("options") ?? [] : []
        let types = fields.words("allowed_file_types", of: FileKind.allCases)
        let extensions = fields.texts("allowed_file_extensions")
        let methods = fields.words("allowed_file_upload_methods", of: FileTransferMethod.allCases)
        fields.checkSchema("json_schema")
        try fields.finish()
        self.init(
            name: name, type: type ?? .textInput, label: label, description: description, required: required,
            maxLength: maxLength, options: options, defaultValue: fields["default"] ?? .null,
            allowedFiles: AllowedFiles(types: types ?? [], extensions: extensions ?? [], methods: methods ?? []))
    }

    /// The variable as ``init(variable:)`` reads it.
    var variable: JSONValue {
        var members: JSONObject = [
            "variable": .string(name), "label": .string(label), "type": .string(type.rawValue),
            "required": .bool(required),
        ]
        if !description.isEmpty { members["description"] = .string(description) }
        if let maxLength { members["max_length"] = .integer(maxLength) }
        if !options.isEmpty { members["options"] = .array(options.map(JSONValue.string)) }
        if !defaultValue.isNull { members["default"] = defaultValue }
        if type == .file || type == .fileList, let allowedFiles { members = members.merging(allowedFiles.members) }
        return .object(members)
    }
}

extension AllowedFiles {
    /// The members of a variable, or of a workflow's `file_upload`, that say so.
    var members: JSONObject {
        [
            "allowed_file_types": .array(types.map { .string($0.rawValue) }),
            "allowed_file_extensions": .array(extensions.map(JSONValue.string)),
            "allowed_file_upload_methods": .array(methods.map { .string($0.rawValue) }),
        ]
    }
}

extension ModelFields {
    /// A JSON schema: an object, or its text. Whether it is a good schema is left open.
    fileprivate mutating func checkSchema(_ name: String) {
        guard let value = self[name], !value.isNull else { return }
        var schema = value
        if case .string(let text) = value {
            guard !PythonText.strip(text).isEmpty else { return }
            do {
                schema = try JSONParser.parse(PythonText.strip(text), dialect: .python)
            } catch {
                return refuse(name, "json_schema is not valid JSON: \(error.problem.rawValue)", value)
            }
        }
        guard schema.object == nil else { return }
        refuse(name, "json_schema must be a JSON object, got \(PythonText.typeName(schema))", value)
    }

    private mutating func refuse(_ name: String, _ message: String, _ value: JSONValue) {
        note([name], "Value error, \(message)", type: "value_error", value)
    }
}
