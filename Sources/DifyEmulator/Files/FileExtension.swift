/// Extensions of file names and the types that they stand for, as Dify's Python guesses them (`mimetypes`).
enum FileExtension {
    /// For types that Dify's Python does not know, `audio/wav` and `image/jpg` among them.
    static let unknown = ".bin"

    /// The extension of a type, with its dot; nil for a type that Dify's Python does not know (`guess_extension`).
    static func guessed(for mimeType: String) -> String? { byType[mimeType.lowercased()] }

    /// The extension of a type, with its dot.
    static func of(_ mimeType: String) -> String { guessed(for: mimeType) ?? unknown }

    /// A file's name as Dify keeps it: one without any dot gets the extension of its type
    /// (`api/core/tools/tool_file_manager.py`). Folders in a name stay: nobody takes it for a path.
    static func completed(_ name: String, mimeType: String) -> String {
        name.utf8.contains(UInt8(ascii: ".")) ? name : name + of(mimeType)
    }

    /// The type that the end of a file name or an address stands for; nil when Dify's Python knows none (`guess_type`).
    /// A query counts as a part of the end; a compressed file has the type of what is compressed.
    static func type(of name: String) -> String? {
        var (base, end) = split(name)
        while let suffixes = combined[end.lowercased()] { (base, end) = split(base + suffixes) }
        if encodings.contains(end) { (_, end) = split(base) }
        return byExtension[end.lowercased()]
    }

    /// `posixpath.splitext`: dots at the beginning of the last part do not count.
    private static func split(_ path: String) -> (base: String, end: String) {
        let start = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
        let name = path.utf8[start...]
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), name[..<dot].contains(where: { $0 != UInt8(ascii: ".") })
        else { return (path, "") }
        return (String(path[..<dot]), String(path[dot...]))
    }

    private static let combined = [
        ".svgz": ".svg.gz", ".tgz": ".tar.gz", ".taz": ".tar.gz", ".tz": ".tar.gz", ".tbz2": ".tar.bz2",
        ".txz": ".tar.xz",
    ]

    private static let encodings: Set = [".gz", ".Z", ".bz2", ".xz", ".br"]

    /// The extension that a type gets, by the type in lower case.
    static let byType: [String: String] = Dictionary(
        lines.map { ($0.type, "." + $0.extensions[0].drop { $0 == "*" }) }, uniquingKeysWith: { first, _ in first })

    private static let byExtension: [String: String] = Dictionary(
        lines.flatMap { line in line.extensions.filter { $0.first != "*" }.map { ("." + $0, line.type) } },
        uniquingKeysWith: { first, _ in first })

    private static var lines: [(type: String, extensions: [Substring])] {
        list.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return words.count > 1 ? (String(words[0]), Array(words[1...])) : nil
        }
    }
}
