import DifyProtocol
import Foundation

/// The files among a run's inputs: what the call names becomes what the run sees (`file_factory.build_from_mapping`).
struct InputFiles {
    /// A file that a tool made or a plugin uploaded, by id: the body with which an upload is answered.
    let toolFile: (String) -> JSONObject?
    /// A file that a person uploaded, by id.
    let upload: (String) -> JSONObject?
    /// What the server of a file elsewhere says, as far as somebody knows; else the address must do.
    var remote: (_ mapping: JSONObject, _ url: String) -> RemoteFile? = { _, _ in nil }

    /// The files of a list. Those that say nothing are left out.
    func build(_ mappings: [JSONValue], allowing allowed: AllowedFiles? = nil) throws(InputFailure) -> [PlatformFile] {
        var files: [PlatformFile] = []
        for mapping in mappings.compactMap(\.object) where isMeant(mapping) {
            files.append(try build(mapping, allowing: allowed))
        }
        return files
    }

    /// The files that belong to no variable, as far as the workflow's switch allows them.
    func build(_ mappings: [JSONObject], through upload: FileUpload?) throws(InputFailure) -> [PlatformFile] {
        var files: [PlatformFile] = []
        let imageMethods = upload?.allowed?.methods ?? []
        for mapping in mappings where isMeant(mapping) {
            files.append(
                try build(mapping, allowing: upload?.allowed, imageMethods: imageMethods, isStrict: true))
        }
        if let most = upload?.imageLimit, files.count(where: { $0.kind == .image }) > most {
            throw .value("Number of image files exceeds the maximum limit \(most)")
        }
        if let most = upload?.limit, most != 0, files.count > most {
            throw .value("Number of files exceeds the maximum limit \(most)")
        }
        return files
    }

    private func isMeant(_ mapping: JSONObject) -> Bool {
        guard let method = mapping["transfer_method"], PythonText.isTruthy(method) else { return false }
        return method != "remote_url" || !address(mapping).isEmpty
    }

    /// One file.
    ///
    /// - Parameters:
    ///   - allowed: Which files are accepted; nil for all.
    ///   - imageMethods: Ways in which an image may come; empty for all.
    ///   - isStrict: Whether the kind that the call gives must be the one that the file has.
    func build(
        _ mapping: JSONObject, allowing allowed: AllowedFiles? = nil, imageMethods: [FileTransferMethod] = [],
        isStrict: Bool = false
    ) throws(InputFailure) -> PlatformFile {
        guard let given = mapping["transfer_method"], PythonText.isTruthy(given) else {
            throw .value("transfer_method is required in file mapping")
        }
        let file: PlatformFile
        switch FileTransferMethod(rawValue: PythonText.str(given)) {
        case .localFile: file = try localFile(mapping, isStrict)
        case .toolFile: file = try toolFile(mapping, isStrict)
        case .datasourceFile: file = try datasourceFile(mapping, isStrict)
        case .remoteURL: file = try remoteFile(mapping, isStrict)
        case nil: throw .value("\(PythonText.repr(PythonText.str(given))) is not a valid FileTransferMethod")
        }
        let kind = mapping["type"]?.string.flatMap(FileKind.init(rawValue:))
        let isAccepted = allowed?.accepts(
            kind, extension: file.fileExtension, method: file.method, imageMethods: imageMethods)
        if isAccepted == false { throw .value("File validation failed for file: \(file.name)") }
        return file
    }

    // MARK: - Ways

    private func localFile(_ mapping: JSONObject, _ isStrict: Bool) throws(InputFailure) -> PlatformFile {
        guard let id = recordID(mapping, "upload_file_id") else { throw .value("Invalid upload file id") }
        return try uploaded(id, mapping, .localFile, isStrict)
    }

    /// A file that a person uploaded.
    private func uploaded(
        _ id: String, _ mapping: JSONObject, _ method: FileTransferMethod, _ isStrict: Bool
    ) throws(InputFailure) -> PlatformFile {
        guard let uuid = PythonUUID.normalised(id) else { throw .value("Invalid upload file id format") }
        guard let body = upload(uuid) else { throw .value("Invalid upload file") }
        let url = method == .remoteURL ? body.address : body["source_url"]?.string
        return try file(uuid, body, mapping, method, remoteURL: url, extension: body.ownExtension, isStrict)
    }

    private func toolFile(_ mapping: JSONObject, _ isStrict: Bool) throws(InputFailure) -> PlatformFile {
        let id = recordID(mapping, "tool_file_id")
        guard let id, let body = toolFile(id) else { throw .value("ToolFile \(id ?? "None") not found") }
        return try file(
            id, body, mapping, .toolFile, remoteURL: body["original_url"]?.string, extension: body.keyExtension,
            isStrict)
    }

    private func datasourceFile(_ mapping: JSONObject, _ isStrict: Bool) throws(InputFailure) -> PlatformFile {
        let id = recordID(mapping, "datasource_file_id")
        guard let id, let body = upload(id) else {
            let named = id == nil ? nil : mapping["datasource_file_id"]
            throw .value("DatasourceFile \(PythonText.str(named ?? .null)) not found")
        }
        var named = mapping
        named["id"] = mapping["datasource_file_id"]
        return try file(
            id, body, named, .datasourceFile, remoteURL: body["source_url"]?.string, extension: body.keyExtension,
            isStrict)
    }

    private func file(
        _ id: String, _ body: JSONObject, _ mapping: JSONObject, _ method: FileTransferMethod, remoteURL: String?,
        extension fileExtension: String, _ isStrict: Bool
    ) throws(InputFailure) -> PlatformFile {
        let mimeType = body["mime_type"]?.string ?? "application/octet-stream"
        let kind = try kind(mapping, extension: fileExtension, mimeType: mimeType, isStrict)
        return PlatformFile(
            messageFileID: try messageFileID(mapping), kind: kind, method: method, remoteURL: remoteURL, recordID: id,
            name: body["name"]?.string ?? "file", fileExtension: fileExtension, mimeType: mimeType,
            size: body["size"]?.number?.integer ?? 0, url: body.address)
    }

    /// A file elsewhere, unless the mapping also names an upload.
    private func remoteFile(_ mapping: JSONObject, _ isStrict: Bool) throws(InputFailure) -> PlatformFile {
        if let id = recordID(mapping, "upload_file_id") {
            return try uploaded(id, mapping, .remoteURL, isStrict)
        }
        let url = address(mapping)
        guard url.hasPrefix("http") else { throw .value("Invalid file url") }
        let facts = remote(mapping, url) ?? RemoteFile(guessedFrom: url)
        let kind = try kind(mapping, extension: facts.fileExtension, mimeType: facts.mimeType, isStrict)
        return PlatformFile(
            messageFileID: try messageFileID(mapping), kind: kind, method: .remoteURL, remoteURL: url, recordID: nil,
            name: facts.name, fileExtension: facts.fileExtension, mimeType: facts.mimeType, size: facts.size, url: url)
    }

    // MARK: - Members

    private func address(_ mapping: JSONObject) -> String {
        ["url", "remote_url"].lazy.compactMap { mapping[$0]?.string }.first { !$0.isEmpty } ?? ""
    }

    /// The id under the method's own key, as a reference, or under the key of earlier releases.
    private func recordID(_ mapping: JSONObject, _ key: String) -> String? {
        [key, "reference", "related_id"].lazy.compactMap { mapping[$0]?.string }
            .compactMap(FileReference.recordID(in:)).first
    }

    /// The id of the message's file, which stays with it.
    private func messageFileID(_ mapping: JSONObject) throws(InputFailure) -> JSONValue {
        let id = mapping["id"] ?? .null
        guard !id.isNull, id.string == nil else { return id }
        var report = PydanticReport(model: "File")
        report.findings = [.init(at: ["id"], "Input should be a valid string", type: "string_type", input: id)]
        throw .value(report.text)
    }

    /// The kind that the call gives; for none the one that the file has.
    private func kind(
        _ mapping: JSONObject, extension fileExtension: String, mimeType: String, _ isStrict: Bool
    ) throws(InputFailure) -> FileKind {
        let own = FileKind(extension: fileExtension, mimeType: mimeType)
        guard let given = mapping["type"], PythonText.isTruthy(given) else { return own }
        guard let kind = given.string.flatMap(FileKind.init(rawValue:)) else {
            throw .value("\(PythonText.repr(given)) is not a valid FileType")
        }
        if isStrict, kind != .custom, kind != own {
            throw .value("Detected file type does not match the specified type. Please verify the file.")
        }
        return kind
    }
}

extension InputFiles {
    /// The files of a workspace, all of which tools made or plugins uploaded.
    ///
    /// - Parameters:
    ///   - stored: The body with which the upload of a file was answered, by id.
    ///   - findsLocalFiles: Whether a plugin's upload is also found where SDK 0.7.4 looks for it, among the files that
    ///     people upload.
    init(stored: @escaping (String) -> JSONObject?, findsLocalFiles: Bool) {
        self.init(toolFile: stored, upload: findsLocalFiles ? stored : { _ in nil })
    }
}

extension JSONObject {
    /// Where an uploaded file can be fetched.
    fileprivate var address: String { (self["preview_url"] ?? self["url"])?.string ?? "" }

    /// The extension of an uploaded file, with its dot.
    fileprivate var ownExtension: String {
        self["extension"]?.string ?? AppFile.fileExtension(of: self["name"]?.string ?? "")
    }

    /// The extension under which a file is kept.
    fileprivate var keyExtension: String {
        guard let key = self["file_key"]?.string else { return ownExtension }
        let kept = AppFile.fileExtension(of: key)
        return kept.isEmpty ? FileExtension.unknown : kept
    }
}
