/// A checked reverse call that asks where to upload a file.
public struct UploadFileInvocation: Sendable, Hashable {
    /// The file's name.
    public let filename: String
    /// The file's MIME type: `mimetype` on the wire.
    public let mimeType: String

    /// A call that asks where to upload a file.
    public init(filename: String, mimeType: String) {
        self.filename = filename
        self.mimeType = mimeType
    }

    /// Reads and checks the request of an `upload_file` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "UploadFileRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        filename = fields.text("filename", as: "Filename", .required)
        mimeType = fields.text("mimetype", as: "MimeType", .required)
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        Invocation(type: .uploadFile, request: ["filename": .string(filename), "mimetype": .string(mimeType)])
    }
}
