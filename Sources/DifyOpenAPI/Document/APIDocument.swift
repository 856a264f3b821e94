internal import DifyProtocol

/// The text of an API document, read as Dify reads it: as JSON, and when that fails as YAML 1.1.
struct APIDocument {
    let root: DocumentValue

    /// - Throws: Dify's error E1, which shows what both parsers said.
    init(_ text: String) throws(APISchemaError) {
        let trimmed = Self.trimmed(text)
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

    /// Python's `strip()`. A byte order mark is no white space.
    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace || ("\u{1C}"..."\u{1F}").contains(scalar)
        }
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}
