import DifyEmulator
import DifyProtocol
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers of Dify's files API.
enum FileResponse {
    /// A JSON body as Dify's framework writes it: compact, ASCII, with a line feed.
    static func created(_ json: JSONObject) -> Response {
        text(JSONWriter.string(.object(json), style: .errorBody) + "\n", status: .created)
    }

    static func refused(_ refusal: Refusal) -> Response {
        text(refusal.body, status: HTTPResponse.Status(integerLiteral: refusal.status))
    }

    /// An address below `/files` that does not exist.
    static var unknownAddress: Response {
        let body = """
            <!doctype html>
            <html lang=en>
            <title>404 Not Found</title>
            <h1>Not Found</h1>
            <p>The requested URL was not found on the server. If you entered the URL manually please check your \
            spelling and try again.</p>

            """
        return text(body, status: .notFound, type: "text/html; charset=utf-8")
    }

    /// A file's content (`api/controllers/files/tool_files.py`, `api/controllers/common/file_response.py`).
    ///
    /// - Parameters:
    ///   - fileExtension: The one in the address, which need not be the file's own.
    ///   - asAttachment: Whether a browser is to save the file.
    static func content(of file: UploadedFile, fileExtension: String, asAttachment: Bool) -> Response {
        var headers: HTTPFields = [.contentType: contentType(file.mimeType)]
        // Files of this kind would run scripts in Dify's origin.
        let isHTML = isHTML(file, fileExtension)
        if isHTML {
            headers[.contentType] = "application/octet-stream"
            headers[.xContentTypeOptions] = "nosniff"
        }
        if isHTML || asAttachment {
            headers[.contentDisposition] = "attachment; filename*=UTF-8''\(QueryText.quote(file.name))"
        }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.content)))
    }

    private static func text(
        _ text: String, status: HTTPResponse.Status, type: String = "application/json"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// A type with the character set that `werkzeug` adds to types of text.
    private static func contentType(_ mimeType: String) -> String {
        let texts: Set = [
            "application/ecmascript", "application/javascript", "application/sql", "application/xml",
            "application/xml-dtd", "application/xml-external-parsed-entity",
        ]
        let isText = mimeType.hasPrefix("text/") || mimeType.hasSuffix("+xml") || texts.contains(mimeType)
        return isText ? "\(mimeType); charset=utf-8" : mimeType
    }

    private static func isHTML(_ file: UploadedFile, _ fileExtension: String) -> Bool {
        let named = String(fileExtension.drop { $0 == "." })
        let extensions = [named, lastExtension(of: file.name)].map { $0.lowercased() }
        return ["text/html", "application/xhtml+xml"].contains(file.mimeType)
            || extensions.contains { $0 == "html" || $0 == "htm" }
    }

    /// What follows the last dot of a file's name. Dots at its start do not count.
    private static func lastExtension(of name: String) -> String {
        let last = name.split(separator: "/").last ?? ""
        let parts = last.drop { $0 == "." }.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 ? String(parts.last ?? "") : ""
    }
}
