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

    /// Keeps the bytes of a tool's `blob` message and gives the message that Dify sends in its place: an `image_link`,
    /// or a `binary_link`, with the file's address and `tool_file_id` (`ToolFileMessageTransformer`).
    ///
    /// - Parameter message: A message whose blob is base64.
    /// - Throws: ``StoreError`` when the file cannot be kept.
    func linked(
        _ message: ToolInvokeMessage, in context: CallContext
    ) throws(StoreError) -> ToolInvokeMessage {
        let named = message.meta?["mime_type"]?.string ?? ""
        let mimeType = named.isEmpty ? "application/octet-stream" : named
        let text = message.body["blob"]?.string ?? ""
        let content = Data(base64Encoded: text) ?? Data(text.utf8)
        let filename = message.meta?["filename"]?.string ?? ""
        let file = try store.keepToolFile(
            NewFile(
                name: filename.isEmpty ? "" : FileExtension.completed(filename, mimeType: mimeType),
                mimeType: mimeType, user: context.catalog.endUser(context.caller.user), createdAt: context.now,
                content: content),
            in: context.workspace, basedOn: defaultWorkspace.name)
        let address = "/files/tools/\(file.id)\(file.fileExtension)"
        let meta = (message.meta ?? [:]).merging(["tool_file_id": .string(file.id)])
        let type: ToolInvokeMessage.MessageType = mimeType.contains("image") ? .imageLink : .binaryLink
        return ToolInvokeMessage(type: type, body: ["text": .string(address)], meta: meta)
    }
}
