import DifyProtocol

/// A file that a run knows (graphon's `File`).
struct PlatformFile: Sendable, Hashable {
    /// The message file's id; null for most.
    let messageFileID: JSONValue
    let kind: FileKind
    let method: FileTransferMethod
    /// The address of a file elsewhere, or where a stored one came from.
    let remoteURL: String?
    /// The id of a stored file; nil for one that only has an address.
    let recordID: String?
    let name: String
    /// With its dot.
    let fileExtension: String
    let mimeType: String
    /// In bytes; -1 where nobody knows.
    let size: Int
    /// Where it can be fetched.
    let url: String

    /// The file as it stands among inputs and outputs of a run.
    var variable: JSONObject {
        FileVariable.object(
            type: kind.rawValue, transferMethod: method.rawValue, recordID: recordID, url: url, remoteURL: remoteURL,
            filename: name, fileExtension: fileExtension, mimeType: mimeType, size: size,
            messageFileID: messageFileID)
    }

    /// The file in the meta data of a message: without what Dify works out for each reader.
    var entity: JSONObject {
        var members = variable
        members["related_id"] = nil
        members["url"] = nil
        return members
    }
}

/// What a server says of a file at an address: Dify asks with HEAD.
struct RemoteFile: Sendable, Hashable {
    let name: String
    /// Empty where nobody knows.
    let mimeType: String
    /// In bytes; -1 where nobody knows.
    let size: Int

    init(name: String, mimeType: String, size: Int) {
        self.name = name
        self.mimeType = mimeType
        self.size = size
    }

    /// What the address alone tells.
    ///
    /// - Parameter isThere: Whether the server has the file; Dify reads the name as it stands of one that it has not.
    init(guessedFrom url: String, isThere: Bool = true) {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let start = path.firstRange(of: "://")?.upperBound ?? path.startIndex
        // The last part is a name only behind a host.
        let name = path[start...].split(separator: "/", omittingEmptySubsequences: false).dropFirst().last ?? ""
        let read = isThere ? Self.decoded(name) : String(name)
        self.name = read.isEmpty ? "file\(FileExtension.unknown)" : read
        mimeType = MediaType.guessed(from: self.name)
        size = -1
    }

    /// A name in an address: what follows the last slash once it is decoded.
    private static func decoded(_ name: Substring) -> String {
        let text = String(decoding: QueryText.unquote(Array(name.utf8)[...]), as: UTF8.self)
        let base = text.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        return base.allSatisfy(\.isWhitespace) ? "" : String(base)
    }

    /// The extension that Dify gives such a file.
    var fileExtension: String {
        if let known = FileExtension.byType[mimeType.lowercased()] { return known }
        let own = AppFile.fileExtension(of: name)
        return own.isEmpty ? FileExtension.unknown : own
    }
}
