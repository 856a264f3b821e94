internal import DifyProtocol

/// The text of an API document, read as Dify reads it: as JSON, and when that fails as YAML 1.1.
struct APIDocument {
    let root: DocumentValue

    /// - Throws: Dify's error E1, which shows what both parsers said.
    init(_ text: String) throws(APISchemaError) {
        let trimmed = PythonText.strip(text)
        var jsonError = "None"
        var yamlError = "None"
        do {
            let value = try JSONParser.parse(trimmed, dialect: .python)
            if value != .null {
                root = DocumentValue(value)
                return
            }
        } catch {
            jsonError = error.description
        }
        do {
            let value = try YAMLComposer.compose(trimmed).map { node throws(YAMLSyntaxError) in
                try PyYAMLSchema.value(of: node)
            }
            if let value, value != .null {
                root = value
                return
            }
        } catch {
            yamlError = error.pythonText
        }
        throw APISchemaError(
            .schema,
            "Invalid api schema, schema is neither json nor yaml. json error: \(jsonError), yaml error: \(yamlError)")
    }
}
