import DifyProtocol

/// The files among an app's inputs: what the call names becomes what the run sees
/// (`file_factory.build_from_mapping`).
struct InputFiles {
    /// The body with which the upload of a file was answered, by id.
    let stored: (String) -> JSONObject?
    /// Whether a plugin's upload is found where SDK 0.7.4 looks for it, among the files that people upload.
    let findsLocalFiles: Bool

    private static let types: Set<String> = ["image", "document", "audio", "video", "custom"]

    /// The files of a list. Those that say nothing are left out.
    func build(_ mappings: [JSONValue]) throws(Refusal) -> [JSONValue] {
        var files: [JSONValue] = []
        for mapping in mappings.compactMap(\.object) where isMeant(mapping) {
            files.append(.object(try build(mapping)))
        }
        return files
    }

    private func isMeant(_ mapping: JSONObject) -> Bool {
        guard let method = mapping["transfer_method"], PythonText.isTruthy(method) else { return false }
        return method != "remote_url" || !address(mapping).isEmpty
    }

    /// One file.
    func build(_ mapping: JSONObject) throws(Refusal) -> JSONObject {
        guard let method = mapping["transfer_method"], PythonText.isTruthy(method) else {
            throw .invalidParameter("transfer_method is required in file mapping")
        }
        switch method {
        case "local_file":
            guard let id = id(mapping, "upload_file_id") else { throw .invalidParameter("Invalid upload file id") }
            guard let uuid = ProviderUUID(id) else { throw .invalidParameter("Invalid upload file id format") }
            let found = findsLocalFiles ? uuid.description : nil
            return try file(found, mapping, "local_file", unknown: "Invalid upload file")
        case "tool_file":
            let id = id(mapping, "tool_file_id")
            return try file(id, mapping, "tool_file", unknown: "ToolFile \(id ?? "None") not found")
        case "datasource_file":
            let id = id(mapping, "datasource_file_id")
            return try file(id, mapping, "tool_file", unknown: "DatasourceFile \(id ?? "None") not found")
        case "remote_url": return try remoteFile(mapping)
        default:
            throw .invalidParameter("\(PythonText.repr(method)) is not a valid FileTransferMethod")
        }
    }

    private func file(
        _ id: String?, _ mapping: JSONObject, _ method: String, unknown: String
    ) throws(Refusal) -> JSONObject {
        guard let id, let body = stored(id) else { throw .invalidParameter(unknown) }
        let mimeType = body["mime_type"]?.string ?? "application/octet-stream"
        return FileVariable.object(
            type: try type(mapping, mimeType: mimeType), transferMethod: method, recordID: id,
            url: (body["preview_url"] ?? body["url"])?.string ?? "", remoteURL: nil,
            filename: body["name"]?.string ?? "file", fileExtension: body["extension"]?.string, mimeType: mimeType,
            size: body["size"]?.number?.integer ?? 0, messageFileID: mapping["id"] ?? .null)
    }

    /// A file elsewhere. Dify asks its server for name, type and size; here the address must do.
    private func remoteFile(_ mapping: JSONObject) throws(Refusal) -> JSONObject {
        let url = address(mapping)
        guard url.hasPrefix("http") else { throw .invalidParameter("Invalid file url") }
        let name = AppFile.name(in: url)
        let ending = AppFile.fileExtension(of: name).lowercased()
        let mimeType = Self.mimeTypes[ending] ?? "application/octet-stream"
        return FileVariable.object(
            type: try type(mapping, mimeType: mimeType), transferMethod: "remote_url", recordID: nil, url: url,
            remoteURL: url, filename: name, mimeType: mimeType, size: -1, messageFileID: mapping["id"] ?? .null)
    }

    private func address(_ mapping: JSONObject) -> String {
        ["url", "remote_url"].lazy.compactMap { mapping[$0]?.string }.first { !$0.isEmpty } ?? ""
    }

    /// The id under the method's own key or an older one.
    private func id(_ mapping: JSONObject, _ key: String) -> String? {
        [key, "related_id"].lazy.compactMap { mapping[$0]?.string }.first { !$0.isEmpty }
    }

    /// The type that the call gives; for `custom` and none the one that the content has.
    private func type(_ mapping: JSONObject, mimeType: String) throws(Refusal) -> String {
        if let given = mapping["type"], PythonText.isTruthy(given), given != "custom" {
            guard let type = given.string, Self.types.contains(type) else {
                throw .invalidParameter("\(PythonText.repr(given)) is not a valid FileType")
            }
            return type
        }
        let kind = mimeType.prefix { $0 != "/" }
        return ["image", "audio", "video"].contains(kind) ? String(kind) : "document"
    }

    private static let mimeTypes = [
        ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
        ".svg": "image/svg+xml", ".mp3": "audio/mpeg", ".wav": "audio/x-wav", ".mp4": "video/mp4",
        ".pdf": "application/pdf", ".txt": "text/plain", ".md": "text/markdown", ".csv": "text/csv",
        ".html": "text/html", ".json": "application/json",
    ]
}
