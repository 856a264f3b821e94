/// A request for a file, or to take one, that Dify answers with an HTTP error (`api/libs/external_api.py`).
package struct FileRefusal: Error, Sendable, Hashable {
    /// What the caller gets.
    package let refusal: Refusal
    /// What is wrong, for the log: Dify's own texts say little.
    package let note: String

    init(_ refusal: Refusal, note: String) {
        self.refusal = refusal
        self.note = note
    }

    static func forbidden(_ message: String, note: String) -> FileRefusal {
        FileRefusal(Refusal(status: 403, code: "forbidden", message: message), note: note)
    }

    /// Dify's answer to a file or an address that does not go with its signature.
    static func invalidRequest(note: String) -> FileRefusal { forbidden("Invalid request.", note: note) }

    /// A body without the form field `file`, or that cannot be read as a form, which Dify takes for the same.
    package static func fileRequired(note: String) -> FileRefusal { forbidden("File is required.", note: note) }

    /// A file that is too large. Dify's own address for uploads takes any size; proxies before it do not.
    package static func tooLarge(limit: Int) -> FileRefusal {
        let size = limit % (1024 * 1024) == 0 ? "\(limit / 1024 / 1024) MiB" : "\(limit) bytes"
        let refusal = Refusal(
            status: 413, code: "file_too_large", message: "File size exceeded. The limit is \(size).")
        return FileRefusal(refusal, note: "the file is larger than \(size)")
    }

    /// A form whose other fields are too many or too large for `werkzeug`.
    package static let formTooLarge = FileRefusal(
        Refusal(
            status: 413, code: "request_entity_too_large",
            message: "The data value transmitted exceeds the capacity limit."),
        note: "the form has more than 1,000 parts, or fields of text of more than 500,000 bytes")

    static let notFound = FileRefusal(.notFound("file is not found"), note: "no workspace has a file with this id")

    /// A file that cannot be read.
    static func unreadable(_ error: StoreError) -> FileRefusal {
        FileRefusal(
            Refusal(status: 415, code: "unsupported_file_type", message: "File type not allowed."),
            note: error.description)
    }
}
