import Crypto
import DifyProtocol
package import Foundation

/// A file that is about to be kept.
struct NewFile: Sendable, Hashable {
    /// With its extension.
    let name: String
    let mimeType: String
    /// Whose file it is. The session is empty where only the id is known.
    let user: EndUser
    /// Unix time in seconds.
    let createdAt: Int
    let content: Data

    /// The SHA-256 sum over name, type, owner and content, as hexadecimal text.
    var digest: String {
        var hash = SHA256()
        for text in [name, mimeType, user.id] {
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
    /// Whose file it is. The session is empty where only the id is known.
    let user: EndUser
    /// Unix time in seconds.
    package let createdAt: Int
    package let content: Data

    init(
        id: String, name: String, mimeType: String, fileExtension: String, user: EndUser, createdAt: Int,
        content: Data
    ) {
        self.id = id
        self.name = name
        self.mimeType = mimeType
        self.fileExtension = fileExtension
        self.user = user
        self.createdAt = createdAt
        self.content = content
    }

    init(id: String, _ file: NewFile) {
        self.init(
            id: id, name: file.name, mimeType: file.mimeType, fileExtension: FileExtension.of(file.mimeType),
            user: file.user, createdAt: file.createdAt, content: file.content)
    }

    /// What the answer to the upload says (`FileResponse` in `api/fields/file_fields.py`).
    ///
    /// - Parameters:
    ///   - tenantID: The tenant's id.
    ///   - fileKey: Where Dify keeps the content.
    ///   - previewURL: A signed address of the content.
    func json(tenantID: String, fileKey: String, previewURL: String) -> JSONObject {
        [
            "id": .string(id), "reference": .string(FileVariable.reference(to: id)), "name": .string(name),
            "size": .integer(content.count), "extension": .string(fileExtension), "mime_type": .string(mimeType),
            "created_by": nil, "created_at": nil, "preview_url": .string(previewURL), "source_url": nil,
            "original_url": nil, "user_id": .string(user.id), "tenant_id": .string(tenantID), "conversation_id": nil,
            "file_key": .string(fileKey),
        ]
    }
}
