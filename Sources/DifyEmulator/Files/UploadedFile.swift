import Crypto
import DifyProtocol
import Foundation

/// A file that is about to be kept.
struct NewFile: Sendable, Hashable {
    /// With its extension.
    let name: String
    let mimeType: String
    /// The end user whose file it is.
    let userID: String
    /// Unix time in seconds.
    let createdAt: Int
    let content: [UInt8]

    /// The SHA-256 sum over name, type, owner and content, as hexadecimal text.
    var digest: String {
        var hash = SHA256()
        for text in [name, mimeType, userID] {
            hash.update(data: Data(text.utf8))
            // No text of UTF-8 holds this byte, so that the parts stay apart.
            hash.update(data: Data([0xFF]))
        }
        hash.update(data: content)
        return HexText.encode(Array(hash.finalize()))
    }
}

/// A file of a workspace: what Dify calls a tool file.
package struct UploadedFile: Sendable, Hashable {
    /// A UUID.
    package let id: String
    /// With its extension.
    package let name: String
    package let mimeType: String
    /// With its dot, after the type and whatever the name's own is.
    package let fileExtension: String
    /// The end user whose file it is.
    package let userID: String
    /// Unix time in seconds.
    package let createdAt: Int
    package let content: [UInt8]

    init(
        id: String, name: String, mimeType: String, fileExtension: String, userID: String, createdAt: Int,
        content: [UInt8]
    ) {
        self.id = id
        self.name = name
        self.mimeType = mimeType
        self.fileExtension = fileExtension
        self.userID = userID
        self.createdAt = createdAt
        self.content = content
    }

    init(id: String, _ file: NewFile) {
        self.init(
            id: id, name: file.name, mimeType: file.mimeType, fileExtension: FileExtension.of(file.mimeType),
            userID: file.userID, createdAt: file.createdAt, content: file.content)
    }

    /// Dify's text for a file by which other parts of it find the file again.
    var reference: String {
        let record = JSONValue.object(["record_id": .string(id)]).description
        return "dify-file-ref:" + Base64URL.encode(Data(record.utf8))
    }

    /// What the answer to the upload says (`FileResponse` in `api/fields/file_fields.py`).
    ///
    /// - Parameters:
    ///   - tenantID: The tenant's id.
    ///   - fileKey: Where Dify keeps the content.
    ///   - previewURL: A signed address of the content.
    func json(tenantID: String, fileKey: String, previewURL: String) -> JSONObject {
        [
            "id": .string(id), "reference": .string(reference), "name": .string(name),
            "size": .integer(content.count), "extension": .string(fileExtension), "mime_type": .string(mimeType),
            "created_by": nil, "created_at": nil, "preview_url": .string(previewURL), "source_url": nil,
            "original_url": nil, "user_id": .string(userID), "tenant_id": .string(tenantID), "conversation_id": nil,
            "file_key": .string(fileKey),
        ]
    }
}
