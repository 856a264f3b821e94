import Foundation

/// A body of `multipart/form-data`, taken apart as `werkzeug`, Dify's HTTP library, does.
///
/// Whatever cannot be read makes the whole form unreadable: its parts are all there or none.
struct MultipartForm: Sendable {
    /// A part with a file name.
    struct File: Sendable, Hashable {
        /// The form field; nil when the part names none.
        let field: String?
        /// The name as it was sent, folders included; may be empty.
        let filename: String
        /// The type without parameters and in lower case; empty when the part names none.
        let mimeType: String
        let content: Data
    }

    /// Why a form cannot be read.
    enum Fault: Error, Sendable, Hashable {
        /// The body is no form, for this reason.
        case malformed(String)
        /// The form has more parts, or larger fields without a file name, than `werkzeug` takes.
        case tooLarge
    }

    private static let maximumParts = 1000
    /// Largest field without a file name, in bytes.
    private static let maximumFieldSize = 500_000
    /// Largest header of a part, in bytes.
    private static let maximumHeaderSize = 65_536

    /// The parts with a file name, in order. Others are read and left out.
    let files: [File]

    /// Reads a body.
    ///
    /// - Parameter contentType: The request's `Content-Type`, which holds the boundary.
    init(_ body: Data, contentType: String) throws(Fault) {
        let type = HeaderValue(contentType)
        guard type.value.lowercased() == "multipart/form-data" else {
            throw Fault.malformed("the request's Content-Type is not multipart/form-data")
        }
        guard let boundary = type.parameters["boundary"], !boundary.isEmpty else {
            throw Fault.malformed("the request's Content-Type names no boundary")
        }
        // The reader wants indices that start at 0, which only a slice lacks.
        var reader = MultipartReader(body.startIndex == 0 ? body : Data(body), boundary: boundary)
        var files: [File] = []
        var parts = 0
        while let part = try Self.nextPart(&reader) {
            parts += 1
            guard parts <= Self.maximumParts else { throw Fault.tooLarge }
            let header = try PartHeader(part.header)
            if let filename = header.filename {
                files.append(
                    File(field: header.name, filename: filename, mimeType: header.mimeType, content: part.content))
            } else if part.content.count > Self.maximumFieldSize {
                throw Fault.tooLarge
            }
        }
        self.files = files
    }

    /// The first file of a form field.
    func file(_ field: String) -> File? { files.first { $0.field == field } }

    private static func nextPart(
        _ reader: inout MultipartReader
    ) throws(Fault) -> (header: Data, content: Data)? {
        guard try reader.takeDelimiter() else { return nil }
        let header = try reader.takeHeader(upTo: maximumHeaderSize)
        return (header, try reader.takeContent())
    }
}

/// What the header of a part says.
private struct PartHeader {
    let name: String?
    /// nil for a field that is no file.
    let filename: String?
    let mimeType: String

    init(_ header: Data) throws(MultipartForm.Fault) {
        guard let text = String(validating: header, as: UTF8.self) else {
            throw MultipartForm.Fault.malformed("a part's header is not UTF-8")
        }
        var fields: [String: String] = [:]
        for line in Self.lines(text) {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0]).trimmingCharacters(in: .whitespaces).lowercased()
            // Of several fields with one name the first counts.
            guard fields[name] == nil, parts.count == 2 else { continue }
            fields[name] = String(parts[1]).trimmingCharacters(in: .whitespaces)
        }
        guard let disposition = fields["content-disposition"] else {
            throw MultipartForm.Fault.malformed("a part has no Content-Disposition")
        }
        let value = HeaderValue(disposition)
        name = value.parameters["name"]
        filename = value.parameters["filename"]
        mimeType = HeaderValue(fields["content-type"] ?? "").value.lowercased()
    }

    /// The lines of a header. One that starts with a space or a tab goes on with the line before.
    private static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        for bytes in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let line = String(Substring(bytes))
            if !lines.isEmpty, bytes.first == 0x20 || bytes.first == 0x09 {
                lines[lines.count - 1] += " " + line
            } else {
                lines.append(line)
            }
        }
        return lines
    }
}
