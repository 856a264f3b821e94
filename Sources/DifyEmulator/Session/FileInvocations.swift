import DifyProtocol
import Foundation

/// Files that the plugin puts into the workspace, named as in the SDK (`session.file`).
public struct FileInvocations: Sendable {
    let session: Session

    /// Stores a file.
    ///
    /// Over the network this takes two steps: a call that asks for a signed address, and a form posted there. In process
    /// the second step is taken directly, with the same checks.
    ///
    /// - Parameters:
    ///   - filename: Its name.
    ///   - content: Its bytes.
    ///   - mimeType: Its type, which decides the extension.
    /// - Throws: ``InvocationError``.
    public func upload(
        filename: String, content: some Collection<UInt8>, mimeType: String
    ) async throws -> UploadFileResult {
        let call = UploadFileInvocation(filename: filename, mimeType: mimeType)
        let answer = try await session.responses(to: call.invocation, as: \.object)
            .first(orThrow: "upload file failed, empty response from server")
        guard let url = answer["url"]?.string, !url.isEmpty else {
            throw InvocationError(message: "upload file failed, could not get signed url")
        }
        let body = try post(filename: filename, content: Data(content), mimeType: mimeType, to: url)
        guard let result = UploadFileResult(wire: .object(body)) else {
            throw InvocationError(message: "Failed to parse response: \(JSONValue.object(body))")
        }
        return result
    }

    private func post(
        filename: String, content: Data, mimeType: String, to url: String
    ) throws(InvocationError) -> JSONObject {
        let query = url.split(separator: "?", maxSplits: 1).dropFirst().joined()
        do throws(FileRefusal) {
            return try session.platform.acceptUpload(
                filename: filename, mimeType: Self.formType(mimeType), content: content, query: UploadQuery(query))
        } catch {
            let (status, body) = (error.refusal.status, error.refusal.body)
            throw InvocationError(message: "upload file failed, status code: \(status), response: \(body)")
        }
    }

    /// The type as a form's reader reports it: without parameters, in lower case.
    private static func formType(_ mimeType: String) -> String {
        let type = mimeType.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return PythonText.strip(String(type)).lowercased()
    }
}
