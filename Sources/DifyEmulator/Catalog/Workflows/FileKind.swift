/// What kind of file Dify takes a file for (graphon's `FileType`).
public enum FileKind: String, Sendable, Hashable, CaseIterable {
    case image
    case document
    case audio
    case video
    /// Anything else.
    case custom

    /// The kind that a file has: by its extension where that is a known one, else by its media type.
    init(extension fileExtension: String, mimeType: String) {
        let ending = String(fileExtension.drop { $0 == "." })
        // Dify knows endings in small letters and in capitals, not mixed.
        let isUniform = ending == ending.lowercased() || ending == ending.uppercased()
        if isUniform, let kind = Self.kinds[ending.lowercased()] {
            self = kind
        } else if mimeType.contains("image") {
            self = .image
        } else if mimeType.contains("video") {
            self = .video
        } else if mimeType.contains("audio") {
            self = .audio
        } else if mimeType.contains("text") || mimeType.contains("pdf") {
            self = .document
        } else {
            self = .custom
        }
    }

    private static let kinds: [String: FileKind] = {
        let endings: [FileKind: [String]] = [
            .image: ["jpg", "jpeg", "png", "webp", "gif", "svg"],
            .video: ["mp4", "mov", "mpeg", "webm"],
            .audio: ["mp3", "m4a", "wav", "amr", "mpga"],
            .document: [
                "txt", "markdown", "md", "mdx", "pdf", "html", "htm", "xlsx", "xls", "vtt", "properties", "doc",
                "docx", "csv", "eml", "msg", "ppt", "pptx", "xml", "epub",
            ],
        ]
        return Dictionary(
            endings.flatMap { kind, list in list.map { ($0, kind) } }, uniquingKeysWith: { first, _ in first })
    }()
}
