import DifyProtocol
import Foundation
import Logging

extension Platform {
    /// The body with which the upload of a file was answered; nil when the workspace shows no such file.
    func uploadedFile(_ id: String, in workspace: Workspace) -> JSONObject? {
        guard let id = ProviderUUID(id)?.description else { return nil }
        do {
            let found = try store.file(id: id, in: workspace.name, basedOn: defaultWorkspace.name)
            // Addresses are signed for the workspace that has the file, which may be the base of this one.
            return try found.map { answer(to: $0.file, in: try self.workspace(named: $0.workspace)) }
        } catch {
            options.logger.error("file \(id) cannot be read: \(error)")
            return nil
        }
    }

    /// Keeps a file that a tool made.
    ///
    /// - Returns: The file's id.
    /// - Throws: ``StoreError`` when the file cannot be kept.
    func keep(_ file: ToolFile, in context: CallContext) throws(StoreError) -> String {
        let user = context.catalog.endUser(context.caller.user)
        let content = Data(file.content)
        func named(_ name: String) -> NewFile {
            NewFile(name: name, mimeType: file.mimeType, user: user, createdAt: context.now, content: content)
        }
        // Dify makes a name up at random; here it follows from the file, so that the same is kept once.
        let name = file.name(unique: file.filename == nil ? String(named("").digest.prefix(32)) : "")
        return try store.keepToolFile(named(name), in: context.workspace, basedOn: defaultWorkspace.name).id
    }
}
