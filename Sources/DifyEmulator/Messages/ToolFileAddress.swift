/// The relative, unsigned addresses of files that tools made.
enum ToolFileAddress {
    /// - Parameter fileExtension: With its dot; nil or empty where nobody knows.
    static func address(of id: String, fileExtension: String?) -> String {
        let end = fileExtension ?? ""
        return "/files/tools/\(id)\(end.isEmpty ? FileExtension.unknown : end)"
    }

    /// The id in an address of that form, wherever the files are served; nil for any other address.
    static func id(in address: String) -> String? {
        let bytes = address.utf8
        var rest = bytes[...]
        while let found = rest.firstRange(of: marker) {
            rest = bytes[found.upperBound...]
            let before = bytes[..<found.lowerBound].last
            let id = rest.prefix { !ends.contains($0) }
            if before == nil || before == UInt8(ascii: "/"), !id.isEmpty { return String(decoding: id, as: UTF8.self) }
        }
        return nil
    }

    private static let marker = Array("files/tools/".utf8)
    private static let ends = Array("/?#.".utf8)
}
