package import DifyProtocol
package import Foundation

extension Platform {
    /// The address to which a plugin uploads one file: the answer to `upload_file`.
    ///
    /// - Parameters:
    ///   - userID: The end user's id.
    ///   - callID: The id of the call that asks, a UUID. It makes addresses differ.
    func uploadURL(
        filename: String, mimeType: String, userID: String, in workspace: Workspace, callID: String
    ) -> String {
        let (tenant, timestamp) = (workspace.tenantID.description, String(now))
        let nonce = callID.replacing("-", with: "")
        let sign = FileSignature(seed: workspace.catalog.seed).ofUpload(
            filename: filename, mimeType: mimeType, tenantID: tenant, userID: userID, timestamp: timestamp,
            nonce: nonce)
        let query = QueryText.encode([
            ("timestamp", timestamp), ("nonce", nonce), ("sign", sign), ("user_id", userID), ("tenant_id", tenant),
        ])
        return "\(filesBase)/files/upload/for-plugin?\(query)"
    }

    /// An address from which a file can be fetched.
    func previewURL(of file: UploadedFile, seed: Int) -> String {
        let timestamp = String(now)
        let nonce = ProviderUUID(seed: seed, "preview", file.id, timestamp).description.replacing("-", with: "")
        let sign = FileSignature(seed: seed).ofPreview(fileID: file.id, timestamp: timestamp, nonce: nonce)
        // Dify leaves the signature's padding as it is here.
        let query = "timestamp=\(timestamp)&nonce=\(nonce)&sign=\(sign)"
        return "\(filesBase)/files/tools/\(file.id)\(file.fileExtension)?\(query)"
    }

    /// Looks at all of an upload's address that can be judged without its form.
    ///
    /// - Throws: ``FileRefusal`` for an address that is too old, or of a tenant that nobody knows.
    package func admit(_ query: UploadQuery) throws(FileRefusal) { _ = try workspace(of: query) }

    /// Takes an uploaded file.
    ///
    /// - Parameters:
    ///   - filename: The name that the form gives, which must be the signed one.
    ///   - mimeType: The type that the form gives, without parameters and in lower case; empty for none.
    /// - Returns: What Dify answers beside HTTP 201.
    /// - Throws: ``FileRefusal`` as Dify refuses.
    package func acceptUpload(
        filename: String, mimeType: String, content: Data, query: UploadQuery
    ) throws(FileRefusal) -> JSONObject {
        guard !filename.isEmpty, !mimeType.isEmpty else {
            throw FileRefusal.invalidRequest(note: "the form's file needs a file name and a Content-Type")
        }
        let workspace = try workspace(of: query)
        let userID = try verify(query, filename: filename, mimeType: mimeType, in: workspace)
        guard !filename.utf8.contains(0) else {
            let refusal = Refusal.invalidParameter("A string literal cannot contain NUL (0x00) characters.")
            throw FileRefusal(refusal, note: "the file's name holds a null character")
        }
        let file = NewFile(
            name: FileExtension.completed(filename, mimeType: mimeType), mimeType: mimeType,
            user: EndUser(id: userID, session: ""), createdAt: now, content: content)
        do {
            let kept = try store.keepFile(file, in: workspace, basedOn: defaultWorkspace.name)
            return answer(to: kept, in: workspace)
        } catch {
            throw FileRefusal(.internalServerError, note: error.description)
        }
    }

    /// The file with an id.
    ///
    /// - Parameter id: A UUID in lower case.
    /// - Throws: ``FileRefusal`` as Dify refuses: the signature is looked at before the file is looked for.
    package func file(id: String, query: PreviewQuery) throws(FileRefusal) -> UploadedFile {
        let stored: StoredFile?
        do {
            stored = try store.file(id: id)
        } catch {
            throw FileRefusal.unreadable(error)
        }
        let owner = stored.flatMap { try? workspace(named: $0.workspace) } ?? defaultWorkspace
        let sign = FileSignature(seed: owner.catalog.seed).ofPreview(
            fileID: id, timestamp: query.timestamp, nonce: query.nonce)
        guard sign == query.sign else {
            throw FileRefusal.invalidRequest(note: "the signature is not that of this file's address")
        }
        guard FileSignature.isCurrent(query.timestamp, now: now) else {
            throw FileRefusal.invalidRequest(note: Self.noteOnAge)
        }
        guard let stored else { throw FileRefusal.notFound }
        return stored.file
    }

    private var now: Int { Int(options.clock.now.timeIntervalSince1970) }

    /// The workspace whose tenant gave the address of an upload out, not too long ago.
    private func workspace(of query: UploadQuery) throws(FileRefusal) -> Workspace {
        guard let workspace = workspace(tenant: query.tenantID) else {
            throw FileRefusal.invalidRequest(note: "no workspace has the tenant id of the address")
        }
        guard FileSignature.isCurrent(query.timestamp, now: now) else {
            throw FileRefusal.invalidRequest(note: Self.noteOnAge)
        }
        return workspace
    }

    /// - Returns: The id of the end user whose file it will be.
    private func verify(
        _ query: UploadQuery, filename: String, mimeType: String, in workspace: Workspace
    ) throws(FileRefusal) -> String {
        let catalog = workspace.catalog
        let named = query.userID ?? ""
        let userID = named.isEmpty ? catalog.endUser("").id : named
        let sign = FileSignature(seed: catalog.seed).ofUpload(
            filename: filename, mimeType: mimeType, tenantID: query.tenantID, userID: userID,
            timestamp: query.timestamp, nonce: query.nonce)
        guard sign == query.sign else {
            let shown = JSONValue.array([.string(String(filename.prefix(200))), .string(String(mimeType.prefix(200)))])
            throw FileRefusal.invalidRequest(
                note: "the address was given out for another file name or type than \(shown); "
                    + "the type counts without parameters and in lower case")
        }
        return userID
    }

    private static let noteOnAge = "the address was given out more than \(FileSignature.lifetime) s ago"

    /// What an upload is answered with, and what inputs of apps refer to later.
    func answer(to file: UploadedFile, in workspace: Workspace) -> JSONObject {
        let (seed, tenant) = (workspace.catalog.seed, workspace.tenantID.description)
        let key = ProviderUUID(seed: seed, "file key", file.id).description.replacing("-", with: "")
        return file.json(
            tenantID: tenant, fileKey: "tools/\(tenant)/\(key)\(file.fileExtension)",
            previewURL: previewURL(of: file, seed: seed))
    }
}
