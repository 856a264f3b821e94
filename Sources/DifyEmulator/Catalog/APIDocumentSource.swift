import DifyOpenAPI
public import DifyProtocol
import Synchronization

/// The text of an API document, and what stands in it.
///
/// Dify keeps the operations that it imported and seldom looks into the document again; so it is read on first use.
public final class APIDocumentSource: Sendable {
    /// The document as it was given.
    public let text: String
    private let parsed = Mutex<JSONValue?>(nil)

    /// A document.
    public init(_ text: String) { self.text = text }

    /// The document as JSON, dates as ISO 8601 text; null for a text that cannot be read, which no import accepts.
    public var root: JSONValue {
        parsed.withLock { parsed in
            if let parsed { return parsed }
            let root = ImportedAPI.document(text) ?? .null
            parsed = root
            return root
        }
    }
}
