package import DifyProtocol

extension ImportedAPI {
    /// A whole API document as JSON, dates as ISO 8601 text.
    ///
    /// - Returns: nil for a text that is neither JSON nor YAML.
    package static func document(_ text: String) -> JSONValue? {
        (try? APIDocument(text))?.root.json
    }
}
