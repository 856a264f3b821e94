import DifyProtocol
import Foundation

/// The chunks of files that a tool sends in pieces, put together as Dify does (`merge_blob_chunks`): by id, in the order
/// in which they arrive.
struct BlobChunks {
    private var files: [String: Data] = [:]

    private static let largestChunk = 8192
    /// Dify's `PLUGIN_MAX_FILE_SIZE`.
    private static let largestFile = 50 * 1024 * 1024

    /// Takes a chunk.
    ///
    /// - Returns: The whole file as a `blob` message once its last chunk is there.
    /// - Throws: ``StreamError`` with Dify's text for a chunk or a file that is too large.
    mutating func take(_ chunk: ToolInvokeMessage) throws(StreamError) -> ToolInvokeMessage? {
        let id = chunk.body["id"]?.string ?? ""
        let bytes = Data(base64Encoded: chunk.body["blob"]?.string ?? "") ?? Data()
        guard bytes.count <= Self.largestChunk else {
            throw StreamError("File chunk is too large which reached the limit of 8.0KB")
        }
        guard (files[id]?.count ?? 0) + bytes.count <= Self.largestFile else {
            throw StreamError("File is too large which reached the limit of 50.0MB")
        }
        files[id, default: Data()].append(bytes)
        guard chunk.body["end"]?.bool == true, let whole = files.removeValue(forKey: id) else { return nil }
        return .blob(base64: whole.base64EncodedString(), meta: chunk.meta)
    }
}
