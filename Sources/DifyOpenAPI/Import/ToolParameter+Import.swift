internal import DifyProtocol

extension ToolParameter {
    /// The tool parameter that Dify makes of an entry under `parameters`.
    init(parameter entry: DocumentValue, profile: Profile) throws(APISchemaError) {
        let defaultValue = try Self.schemaDefault(of: entry)
        let name = try entry.index("name")
        let description = try entry.get("description")
        try self.init(
            name: name, description: description ?? .string(""), required: entry.get("required") ?? .bool(false),
            defaultValue: defaultValue, profile: profile)
        llmDescription = description?.text
        type = try ParameterType(of: entry, profile: profile) ?? .string
    }

    /// The tool parameter that Dify makes of a property of a body schema.
    init(
        name: DocumentValue, property: DocumentValue, required: DocumentValue, profile: Profile
    ) throws(APISchemaError) {
        try self.init(
            name: name, description: property.get("description") ?? .string(""),
            required: .bool(required.contains(value: name)), defaultValue: property.get("default") ?? .null,
            profile: profile)
        llmDescription = humanDescription
        type = try ParameterType(of: property, profile: profile) ?? .string
    }

    private init(
        name: DocumentValue, description: DocumentValue, required: DocumentValue, defaultValue: DocumentValue,
        profile: Profile
    ) throws(APISchemaError) {
        let label = try Self.translated(name)
        let human = try Self.translated(description)
        self.init(
            name: label, required: try PydanticText.boolean(required, field: "required", model: "ToolParameter"),
            humanDescription: human)
        switch defaultValue {
        case .list where profile.has(.plainDefaults), .map where profile.has(.plainDefaults): break
        default: self.defaultValue = try PydanticText.defaultValue(defaultValue, profile: profile)
        }
    }

    /// Dify puts the same text into two languages; both complain about a value that is neither text nor null.
    private static func translated(_ value: DocumentValue) throws(APISchemaError) -> String {
        if case .string(let text) = value { return text }
        let fields = value == .null ? ["en_US"] : ["en_US", "zh_Hans"]
        throw PydanticText.error(
            model: "I18nObject", fields.map { PydanticText.notText(value, field: $0) })
    }

    private static func schemaDefault(of entry: DocumentValue) throws(APISchemaError) -> DocumentValue {
        guard try entry.contains("schema") else { return .null }
        let schema = try entry.index("schema")
        return try schema.contains("default") ? schema.index("default") : .null
    }
}

extension ToolParameter.ParameterType {
    /// Dify's type rule: `format: binary` on the object itself, then its `type`, then its schema's `type`.
    ///
    /// - Returns: nil for a type that Dify does not know, which stays a string.
    init?(of object: DocumentValue, profile: Profile) throws(APISchemaError) {
        let schema = try object.get("schema")
        if try object.get("format") == .string("binary") {
            self = .file
            return
        }
        let type: DocumentValue?
        if try object.contains("type") {
            type = try object.index("type")
        } else if let schema, try schema.contains("type") {
            type = try schema.index("type")
        } else {
            type = nil
        }
        switch type {
        case .list, .map: throw APISchemaError(.type, "unhashable type: '\(type?.pythonType ?? "")'")
        case .string("integer"), .string("number"): self = .number
        case .string("boolean"): self = .boolean
        case .string("string"): self = .string
        case .string("array") where profile.has(.filesType):
            var items = object["items"]
            if items?.isTruthy != true { items = try schema?.get("items") }
            if let items, items.isTruthy, try items.get("format") == .string("binary") {
                self = .files
            } else if profile.has(.arrayType) {
                self = .array
            } else {
                return nil
            }
        default: return nil
        }
    }
}

extension DocumentValue {
    /// `value in self`
    fileprivate func contains(value: DocumentValue) throws(APISchemaError) -> Bool {
        if case .string(let key) = value { return try contains(key) }
        return try iterated().contains(value)
    }
}

extension ToolBundle {
    /// The bundle of an operation whose references are resolved and whose name is set.
    init(
        _ operation: DocumentValue, parameters: [ToolParameter], method: String, url: String, nameIsGenerated: Bool
    ) throws(APISchemaError) {
        var summary = DocumentValue.null
        for key in ["description", "summary"] where try operation.contains(key) {
            summary = try operation.index(key)
            break
        }
        let name = try operation.index("operationId")
        let fields = [("summary", summary), ("operation_id", name)]
        let mistakes = fields.filter { $0.1 != .null && $0.1.text == nil }
        guard mistakes.isEmpty else {
            throw PydanticText.error(
                model: "ApiToolBundle", mistakes.map { PydanticText.notText($0.1, field: $0.0) })
        }
        self.init(
            serverURL: url, method: method, summary: summary.text, operationID: name.text, parameters: parameters,
            operation: operation.json.object ?? [:], nameIsGenerated: nameIsGenerated)
    }
}
