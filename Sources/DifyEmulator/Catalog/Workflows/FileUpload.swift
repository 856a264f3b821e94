import DifyProtocol

/// A workflow's switch for files that belong to no variable (`features.file_upload`), when it is on.
struct FileUpload: Sendable, Hashable {
    /// Which files are accepted; nil where nothing was said.
    let allowed: AllowedFiles?
    /// Most files; 0 for any number.
    let limit: Int
    /// Most images; nil for any number.
    let imageLimit: Int?

    /// Files of every kind, in any number.
    static let unrestricted = FileUpload(allowed: nil, limit: 0, imageLimit: nil)

    init(allowed: AllowedFiles?, limit: Int, imageLimit: Int?) {
        self.allowed = allowed
        self.limit = limit
        self.imageLimit = imageLimit
    }

    /// The switch of a workflow's features; nil when it is off.
    ///
    /// Workflows from before Dify 0.10 know images only, with a switch below `image`: Dify rewrites these when it reads
    /// them (`Workflow.features`).
    ///
    /// - Throws: ``PydanticReport`` for what Dify cannot read.
    init?(feature: JSONValue?) throws(PydanticReport) {
        guard var members = feature?.object else { return nil }
        if let image = members["image"]?.object, image["enabled"].map(PythonText.isTruthy) == true {
            members["enabled"] = true
            members["number_limits"] = image["number_limits"] ?? .integer(Self.defaultLimit)
            members["allowed_file_upload_methods"] = image["transfer_methods"] ?? ["remote_url", "local_file"]
            members["allowed_file_types"] = members["allowed_file_types"] ?? ["image"]
        }
        guard members["enabled"].map(PythonText.isTruthy) == true else { return nil }
        var fields = try ModelFields(.object(members), model: "FileUploadConfig")
        let types = fields.words("allowed_file_types", of: FileKind.allCases)
        let extensions = fields.texts("allowed_file_extensions")
        let methods = fields.words("allowed_file_upload_methods", of: FileTransferMethod.allCases)
        let limit = fields.integer("number_limits")
        try fields.finish()
        self.init(
            allowed: AllowedFiles(types: types ?? [], extensions: extensions ?? [], methods: methods ?? []),
            limit: limit ?? 0, imageLimit: limit ?? Self.defaultLimit)
    }

    /// How many images are accepted where nothing was said.
    private static let defaultLimit = 3

    /// The switch as a seed writes it and ``init(feature:)`` reads it.
    var feature: JSONValue {
        guard let allowed else { return true }
        let own: JSONObject = ["enabled": true]
        return .object(own.merging(allowed.members).merging(["number_limits": .integer(imageLimit ?? limit)]))
    }
}
