import DifyProtocol

/// A file that an app made, in the three forms in which its answer tells about it.
struct AppFile: Sendable {
    let id: String
    private let type: String
    private let url: String
    private let filename: String
    private let mimeType: String
    private let size: Int

    /// A file with the members that a seed gives. Name and type are Dify's defaults for a tool's file
    /// (`prepare_file_dict`).
    init(_ members: JSONObject, id: String) {
        self.id = id
        url = members["url"]?.string ?? ""
        type = members["type"]?.string ?? "image"
        filename = members["filename"]?.string ?? Self.name(in: url)
        mimeType = members["mime_type"]?.string ?? "application/octet-stream"
        size = members["size"]?.number?.integer ?? 0
    }

    /// The last part of an address; `file` for an address without one.
    static func name(in url: String) -> String {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        return name.isEmpty ? "file" : String(name)
    }

    /// The end of a file name from its last dot on; empty for a name without one.
    static func fileExtension(of name: String) -> String {
        name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
    }

    /// What `message_file` holds beside the envelope.
    var event: JSONObject {
        ["id": .string(id), "type": .string(type), "belongs_to": "assistant", "url": .string(url)]
    }

    /// The file in `message_end` of a chat or an agent.
    var message: JSONValue {
        [
            "related_id": .string(id), "extension": .string(Self.fileExtension(of: filename)),
            "filename": .string(filename), "size": .integer(size), "mime_type": .string(mimeType),
            "transfer_method": "tool_file", "type": .string(type), "url": .string(url), "upload_file_id": .string(id),
            "remote_url": "",
        ]
    }

    /// The file as a variable of a chatflow or workflow.
    var variable: JSONValue {
        .object(
            FileVariable.object(
                type: type, transferMethod: "tool_file", recordID: id, url: url, remoteURL: nil, filename: filename,
                mimeType: mimeType, size: size))
    }
}
