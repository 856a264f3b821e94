public import DifyProtocol

/// A file that the workspace has stored.
public struct UploadFileResult: Sendable, Hashable {
    /// What a file is, by its MIME type.
    public enum FileType: String, Sendable, Hashable, CaseIterable {
        case document
        case image
        case video
        case audio

        /// The type of files of a MIME type.
        init(mimeType: String) {
            let kind = mimeType.split(separator: "/", omittingEmptySubsequences: false)
            let named = kind.count > 1 ? FileType(rawValue: String(kind[0])) : nil
            self = named ?? .document
        }
    }

    /// Its id.
    public let id: String
    /// Its name, with an extension.
    public let name: String
    /// Its size in bytes.
    public let size: Int
    /// The extension that goes with its MIME type, with a dot.
    public let fileExtension: String
    /// Its MIME type.
    public let mimeType: String
    /// What it is.
    public let type: FileType
    /// An address from which it can be read for some minutes.
    public let previewURL: String?

    /// Reads the answer to an upload.
    ///
    /// - Returns: nil where the SDK's own class refuses the data.
    public init?(wire: JSONValue) {
        guard let id = wire["id"]?.string, let name = wire["name"]?.string, let size = wire["size"]?.wholeNumber,
            let fileExtension = wire["extension"]?.string, let mimeType = wire["mime_type"]?.string
        else { return nil }
        self.id = id
        self.name = name
        self.size = size
        self.fileExtension = fileExtension
        self.mimeType = mimeType
        type = FileType(mimeType: mimeType)
        previewURL = wire["preview_url"]?.string
    }

    /// The file as an input of an app (`to_app_parameter` in the SDK).
    public var appParameter: JSONObject {
        ["tool_file_id": .string(id), "transfer_method": "tool_file", "type": .string(type.rawValue)]
    }
}
