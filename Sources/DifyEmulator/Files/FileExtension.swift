/// Extensions of file names, as Dify chooses them by type (`mimetypes.guess_extension`).
enum FileExtension {
    /// For types that Dify's Python does not know, `audio/wav` and `image/jpg` among them.
    static let unknown = ".bin"

    /// The extension of a type, with its dot.
    static func of(_ mimeType: String) -> String { byType[mimeType.lowercased()] ?? unknown }

    /// A file's name as Dify keeps it: one without any dot gets the extension of its type
    /// (`api/core/tools/tool_file_manager.py`). Folders in a name stay: nobody takes it for a path.
    static func completed(_ name: String, mimeType: String) -> String {
        name.utf8.contains(UInt8(ascii: ".")) ? name : name + of(mimeType)
    }
}
