import DifyProtocol
import Foundation

/// The text by which Dify's graphs name a stored file without telling what it is (`core/workflow/file_reference.py`).
enum FileReference {
    private static let prefix = "dify-file-ref:"

    /// The id behind a reference. Text that is none counts as the id itself; nil for an empty one.
    static func recordID(in text: String) -> String? {
        guard !text.isEmpty else { return nil }
        guard text.hasPrefix(prefix) else { return text }
        let encoded = text.dropFirst(prefix.count).replacing("-", with: "+").replacing("_", with: "/")
        guard let data = Data(base64Encoded: String(encoded)), let payload = try? JSONParser.parse(utf8: data),
            let id = payload["record_id"]?.string, !id.isEmpty
        else { return text }
        return id
    }
}
