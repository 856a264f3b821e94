package import DifyProtocol

/// A file that a tool made and that is about to be kept.
package struct ToolFile: Sendable, Hashable {
    package let content: [UInt8]
    package let mimeType: String
    /// As the tool named it; nil where Dify makes a name up.
    package let filename: String?

    /// A file.
    package init(content: [UInt8], mimeType: String, filename: String? = nil) {
        self.content = content
        self.mimeType = mimeType
        self.filename = filename
    }

    /// The file's name, with its extension (`ToolFileManager.create_file_by_raw` in `api/core/tools`).
    ///
    /// - Parameter unique: What stands for the name where the tool gave none.
    package func name(unique: String) -> String {
        guard let filename else { return unique + FileExtension.of(mimeType) }
        return FileExtension.completed(filename, mimeType: mimeType)
    }
}

/// An image message, whose image waits to be downloaded.
package struct ImageMessage: Sendable, Hashable {
    package let address: String
    package let meta: JSONObject?
}
