import DifyEmulator
import Foundation
import HTTPTypes
import Hummingbird

/// `GET /files/tools/ID.EXTENSION`: serves a file to whoever has a signed address of it.
struct PreviewEndpoint: Sendable {
    let platform: Platform
    let log: CallLog

    /// - Parameter name: The address's last part, still percent-encoded.
    func callAsFunction(_ request: Request, name: String) -> Response {
        let response = respond(to: request.uri.query ?? "", name: name.removingPercentEncoding ?? name)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func respond(to query: String, name: String) -> Response {
        guard let (id, fileExtension) = Self.parts(of: name) else { return FileResponse.unknownAddress }
        do {
            let query = try PreviewQuery(query)
            let file = try platform.file(id: id, query: query)
            return FileResponse.content(of: file, fileExtension: fileExtension, asAttachment: query.asAttachment)
        } catch {
            log.badRequest(
                "file \(id) -> \(error.refusal.status) \(error.refusal.message): \(error.note)")
            return FileResponse.refused(error.refusal)
        }
    }

    /// The file's id, in lower case, and the extension without its dot. The extension may hold dots of its own.
    private static func parts(of name: String) -> (id: String, fileExtension: String)? {
        guard let dot = name.firstIndex(of: ".") else { return nil }
        let (id, fileExtension) = (name[..<dot].lowercased(), String(name[name.index(after: dot)...]))
        // Of PostgreSQL's spellings an address takes only the usual one.
        guard ProviderUUID(id)?.description == id, !fileExtension.isEmpty, !fileExtension.contains("/") else {
            return nil
        }
        return (id, fileExtension)
    }
}
