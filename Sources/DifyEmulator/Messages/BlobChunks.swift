import DifyProtocol

/// The chunks of files that a tool sends in pieces, put together as Dify does (`merge_blob_chunks` in
/// `api/core/plugin/utils/chunk_merger.py`): by id, in the order in which they arrive. What never ends is never sent.
package struct BlobChunks: Sendable {
    private static let largestChunk = 8192
    /// Dify's `PLUGIN_MAX_FILE_SIZE`.
    package static let largestFile = 50 * 1024 * 1024
    /// A length for which Dify's Python finds no memory.
    private static let endlessFile = 1 << 40

    private let largestFile: Int
    private var files: [String: [UInt8]] = [:]
    private var pending = 0

    /// No chunks yet.
    package init(largestFile: Int = Self.largestFile) { self.largestFile = largestFile }

    /// Takes a message.
    ///
    /// - Returns: The message itself when it is no chunk; the whole file as a `blob` once its last chunk is there.
    /// - Throws: ``MessageError`` with Dify's text, in Dify's order of checks.
    package mutating func take(_ message: ReceivedMessage) throws(MessageError) -> ReceivedMessage? {
        guard message.type == .blobChunk else { return message }
        // Dify asserts what the body is, and a failed assertion has no text.
        guard case .blobChunk(let chunk) = message.body else { throw MessageError("") }
        if files[chunk.id] == nil { try Self.admit(length: chunk.totalLength) }
        guard (files[chunk.id]?.count ?? 0) + chunk.bytes.count <= largestFile else {
            let limit = PythonNumber.repr(Double(largestFile) / 1024 / 1024)
            throw MessageError("File is too large which reached the limit of \(limit)MB")
        }
        guard chunk.bytes.count <= Self.largestChunk else {
            throw MessageError("File chunk is too large which reached the limit of 8.0KB")
        }
        try reserve(chunk.bytes.count)
        files[chunk.id, default: []] += chunk.bytes
        guard chunk.isLast, let whole = files.removeValue(forKey: chunk.id) else { return nil }
        pending -= whole.count
        return ReceivedMessage(type: .blob, body: .blob(whole), meta: message.meta)
    }

    /// Dify makes room for as many bytes as the first chunk announces, whatever comes.
    private static func admit(length: JSONNumber) throws(MessageError) {
        guard let length = length.integer else { throw MessageError("cannot fit 'int' into an index-sized integer") }
        if length < 0 { throw MessageError("negative count") }
        if length >= endlessFile { throw MessageError("") }
    }

    /// Dify lets any number of files wait for their end; here four of the largest may.
    private mutating func reserve(_ count: Int) throws(MessageError) {
        guard pending + count <= 4 * largestFile else {
            throw MessageError(
                "dify-emulator: more than \(4 * largestFile) bytes of files wait for their last blob_chunk; "
                    + "end one before the next begins")
        }
        pending += count
    }
}
