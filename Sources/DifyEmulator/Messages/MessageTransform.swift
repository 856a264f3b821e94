package import DifyProtocol

/// What Dify's platform does to a tool's message before it goes out: files are kept and become links
/// (`ToolFileMessageTransformer` in `api/core/tools/utils/message_transformer.py`).
package struct MessageTransform: Sendable {
    /// Keeps a file, and gives its id.
    package typealias Keep = @Sendable (ToolFile) throws(MessageError) -> String

    /// What becomes of a message.
    package enum Outcome: Sendable, Hashable {
        case message(ReceivedMessage)
        /// It waits for an image to be downloaded.
        case image(ImageMessage)
        /// It is not sent at all.
        case nothing
    }

    private let keep: Keep
    /// Whether links to stored files name the file in their meta data: since 1.14.0.
    private let namesFiles: Bool

    /// A transform of a release.
    package init(profile: Profile = .current, keep: @escaping Keep) {
        self.keep = keep
        namesFiles = profile.has(.toolFileID)
    }

    /// What becomes of a message.
    ///
    /// - Throws: ``MessageError`` with the text of Dify's exception.
    package func outcome(of message: ReceivedMessage) throws(MessageError) -> Outcome {
        var message = message
        switch (message.type, message.body) {
        case (.image, .text(let address)): return .image(ImageMessage(address: address, meta: message.meta))
        case (.blob, .blob(let bytes)): return .message(try link(to: bytes, meta: message.meta ?? [:]))
        case (.blob, _): throw MessageError("unexpected message type")
        case (.file, _): return try file(message)
        case (.json, .json(let value, let blob?, let suppressOutput)):
            message.body = .json(Self.safe(value, blob: blob), blob: nil, suppressOutput: suppressOutput)
        case (.imageLink, .text(let address)) where namesFiles, (.binaryLink, .text(let address)) where namesFiles:
            message.meta = meta(message.meta, fileID: ToolFileAddress.id(in: address))
        default: break
        }
        return .message(message)
    }

    // MARK: - Files

    private func link(to bytes: [UInt8], meta: JSONObject) throws(MessageError) -> ReceivedMessage {
        let mimeType = try Self.mimeType(in: meta)
        let id = try keep(ToolFile(content: bytes, mimeType: mimeType, filename: try Self.filename(in: meta)))
        let address = ToolFileAddress.address(of: id, fileExtension: FileExtension.guessed(for: mimeType))
        return Self.link(
            mimeType.contains("image") ? .imageLink : .binaryLink, to: address,
            meta: self.meta(meta, fileID: id))
    }

    /// The type of a blob; whatever is no truth in Python counts as none.
    private static func mimeType(in meta: JSONObject) throws(MessageError) -> String {
        guard let given = meta["mime_type"], PythonText.isTruthy(given) else { return "application/octet-stream" }
        if let text = given.string { return text }
        throw MessageError("'\(PythonText.typeName(given))' object has no attribute 'lower'")
    }

    private static func filename(in meta: JSONObject) throws(MessageError) -> String? {
        guard let given = meta["filename"], !given.isNull else { return nil }
        if let text = given.string { return text }
        throw MessageError("'\(PythonText.typeName(given))' object has no attribute 'split'")
    }

    /// A file message holds an object of the platform's own; what a plugin sends is none, and Dify drops it.
    private func file(_ message: ReceivedMessage) throws(MessageError) -> Outcome {
        guard let file = message.platformFile else { return .nothing }
        guard file["transfer_method"] == "tool_file" else { return .message(message) }
        guard let id = FileReference.recordID(in: file["reference"]?.string ?? "") else {
            throw MessageError("tool file is missing reference")
        }
        let address = ToolFileAddress.address(of: id, fileExtension: file["extension"]?.string)
        let meta = meta(message.meta, fileID: id)
        return .message(Self.link(file["type"] == "image" ? .imageLink : .link, to: address, meta: meta))
    }

    // MARK: - Images

    /// What goes out in an image's place: a link once it is kept, or a text that says why there is none.
    package func message(for image: ImageMessage, _ file: Result<ToolFile, MessageError>) -> ReceivedMessage {
        do {
            let file = try file.get()
            let id = try keep(file)
            let fileExtension = FileExtension.guessed(for: file.mimeType) ?? ".png"
            return Self.link(
                .imageLink, to: ToolFileAddress.address(of: id, fileExtension: fileExtension),
                meta: meta(image.meta, fileID: id))
        } catch {
            let text = "Failed to download image: \(image.address): \(error.text)"
            return ReceivedMessage(type: .text, body: .text(text), meta: image.meta ?? [:])
        }
    }

    private static func link(
        _ type: ToolInvokeMessage.MessageType, to address: String, meta: JSONObject
    ) -> ReceivedMessage {
        ReceivedMessage(type: type, body: .text(address), meta: meta)
    }

    /// The meta data of a link. An id that is there already stays.
    private func meta(_ meta: JSONObject?, fileID: String?) -> JSONObject {
        var meta = meta ?? [:]
        if namesFiles, let fileID, meta["tool_file_id"] == nil { meta["tool_file_id"] = .string(fileID) }
        return meta
    }

    // MARK: - Values

    /// Bytes among JSON become text, or hexadecimal digits where they are none.
    private static func safe(_ value: JSONValue, blob: [UInt8]) -> JSONValue {
        guard var object = value.object else { return value }
        let isText = UTF8Mistake(in: blob) == nil
        object["blob"] = .string(isText ? String(decoding: blob, as: UTF8.self) : HexText.encode(blob))
        return .object(object)
    }
}
