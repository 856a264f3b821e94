import DifyProtocol

/// What `download/file/request` is asked: an address from which a trusted service can fetch a file
/// (`RequestRequestDownloadFile`).
package struct DownloadRequest: Sendable {
    let tenantID: String
    let userID: String
    /// End users see their own files only.
    private let isOfEndUser: Bool
    private let file: JSONObject

    private static let model = PydanticModel(
        name: "RequestRequestDownloadFile",
        fields: [
            .required("tenant_id", .string), .required("user_id", .string),
            .required("user_from", .literal(["account", "end-user"])),
            .required(
                "invoke_from",
                .literal([
                    "service-api", "openapi", "web-app", "trigger", "explore", "debugger", "published", "validation",
                ])),
        ])

    private static let mapping = PydanticModel(
        name: "RequestDownloadFileMapping",
        fields: [
            .required("transfer_method", .literal(["local_file", "tool_file", "datasource_file", "remote_url"])),
            .optional("reference", .optional(.string), standard: nil),
            .optional("url", .optional(.string), standard: nil),
        ])

    init(_ body: JSONValue) throws(InvalidPayload) {
        var file = JSONObject()
        let fields = try PydanticModel.fields(of: body, model: Self.model.name) {
            (object, found) throws(PythonException) in
            let fields = try Self.model.members(of: object, findings: &found)
            file = try Self.file(in: object, findings: &found)
            let known = Self.model.fields.map(\.name) + ["file"]
            found += Self.extras(in: object, beside: known)
            return fields
        }
        tenantID = fields.text("tenant_id")
        userID = fields.text("user_id")
        isOfEndUser = fields["user_from"] == "end-user"
        self.file = file
    }

    private static func file(
        in object: PythonObject, findings: inout [PydanticFinding]
    ) throws(PythonException) -> JSONObject {
        let whole = PydanticModel.Field.required("file", .model(mapping))
        guard let given = object.members["file"]?.object else {
            // Absent, or no object: what the model itself says is all there is to say.
            _ = try PydanticModel(name: "", fields: [whole]).members(of: object, findings: &findings)
            return [:]
        }
        var found: [PydanticFinding] = []
        let file = try mapping.members(of: PythonObject(given), findings: &found)
        found += extras(in: PythonObject(given), beside: mapping.fields.map(\.name))
        if found.isEmpty, let complaint = complaint(about: file) {
            found.append(.valueError(complaint, .object(PythonObject(given))))
        }
        findings += found.map { $0.within("file") }
        return file
    }

    private static func extras(in object: PythonObject, beside known: [String]) -> [PydanticFinding] {
        object.members.filter { !known.contains($0.key) }.map { extra in
            PydanticFinding(
                path: [extra.key], message: "Extra inputs are not permitted", type: "extra_forbidden",
                input: .value(.json(extra.value)))
        }
    }

    /// What is wrong with how the file is named: a remote one by its address, all others by a reference.
    private static func complaint(about file: JSONObject) -> String? {
        let (reference, url) = (file["reference"] ?? .null, file["url"] ?? .null)
        if file["transfer_method"] == "remote_url" {
            if !PythonText.isTruthy(url) { return "url is required when transfer_method is remote_url" }
            return reference.isNull ? nil : "reference is not allowed when transfer_method is remote_url"
        }
        guard let text = reference.string, !text.isEmpty else {
            return "reference is required for non-remote file mappings"
        }
        if FileReference.recordID(in: text) == text { return "reference must be a canonical Dify file reference" }
        return url.isNull ? nil : "url is not allowed for non-remote file mappings"
    }

    /// The file's name, type, size and address (`FileRequestService`).
    ///
    /// - Throws: Dify's refusal of a file that the user cannot see.
    func answer(in workspace: Workspace, of platform: Platform) throws(Refusal) -> JSONObject {
        let files = InputFiles(
            stored: { id in
                let body = platform.uploadedFile(id, in: workspace)
                return isOfEndUser && body?["user_id"]?.string != userID ? nil : body
            }, findsLocalFiles: platform.options.quirks == .useful)
        let found: PlatformFile
        do throws(InputFailure) {
            found = try files.build(file)
        } catch {
            throw error.refusal
        }
        return [
            "filename": .string(found.name.isEmpty ? "download.bin" : found.name), "mime_type": .string(found.mimeType),
            "size": .integer(found.size), "download_url": .string(found.url),
        ]
    }
}
