import DifyEmulator
import DifyProtocol
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// `POST /files/upload/for-plugin`: takes the file for which a plugin was given a signed address.
struct UploadEndpoint: Sendable {
    let platform: Platform
    let log: CallLog
    /// Largest file that is taken, in bytes.
    let maximumSize: Int

    /// How much larger than its file a form may be.
    private static let formAllowance = 1024 * 1024

    func callAsFunction(_ request: Request) async throws -> Response {
        let query: UploadQuery
        do {
            query = try UploadQuery(request.uri.query ?? "")
            // Dify reads the body first. Whatever it holds, the status is the same.
            try platform.admit(query)
        } catch {
            return refuse(error)
        }
        var request = request
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: maximumSize + Self.formAllowance)
        } catch is NIOTooManyBytesError {
            return refuse(.tooLarge(limit: maximumSize))
        } catch {
            log.badRequest("the connection closed in the middle of an upload")
            throw error
        }
        do {
            let file = try file(in: Data(body.readableBytesView), contentType: request.headers[.contentType] ?? "")
            let answer = try platform.acceptUpload(
                filename: file.filename, mimeType: file.mimeType, content: file.content, query: query)
            let id = answer["id"]?.string ?? ""
            log.logger.info("upload -> file \(id), \(file.content.count) bytes")
            return FileResponse.created(answer)
        } catch {
            return refuse(error)
        }
    }

    /// The form's field `file`.
    private func file(in body: Data, contentType: String) throws(FileRefusal) -> MultipartForm.File {
        let form: MultipartForm
        do {
            form = try MultipartForm(body, contentType: contentType)
        } catch {
            switch error {
            case .malformed(let reason): throw FileRefusal.fileRequired(note: reason)
            case .tooLarge: throw FileRefusal.formTooLarge
            }
        }
        guard let file = form.file("file") else {
            throw FileRefusal.fileRequired(note: "the form has no field \"file\" with a file name")
        }
        guard file.content.count <= maximumSize else { throw FileRefusal.tooLarge(limit: maximumSize) }
        return file
    }

    private func refuse(_ refusal: FileRefusal) -> Response {
        log.badRequest("upload -> \(refusal.refusal.status) \(refusal.refusal.message): \(refusal.note)")
        return FileResponse.refused(refusal.refusal)
    }
}
