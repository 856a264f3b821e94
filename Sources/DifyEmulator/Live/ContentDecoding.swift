import DifyProtocol

/// What `Content-Encoding` does to a body, undone as Dify's HTTP client undoes it (httpx 0.28.1).
///
/// What is coded more than once is decoded from the last coding back to the first; a coding that the client does not
/// know leaves the body as it is.
enum ContentDecoding {
    /// Largest body, coded or not. Dify has no limit.
    static let largestBody = 64 * 1024 * 1024

    /// The body without its codings.
    ///
    /// - Parameter codings: The values of the `Content-Encoding` lines.
    /// - Throws: ``LiveFailure`` with zlib's words for damaged data, or with what this program cannot decode.
    static func decode(_ body: [UInt8], codings: [String]) throws(LiveFailure) -> [UInt8] {
        var body = body
        let names = codings.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
            .map { PythonText.strip(String($0)).lowercased() }
        // Without a body there is nothing that could be wrong with it.
        for name in names.reversed() where !body.isEmpty {
            switch name {
            case "gzip": body = try named { () throws(Inflate.Failure) in try gzip(body) }
            case "deflate": body = try named { () throws(Inflate.Failure) in try deflate(body) }
            case "br", "zstd":
                throw LiveFailure(
                    "dify-emulator: the response is coded as \(name); only gzip and deflate can be decoded here, so the "
                        + "API has to answer without \(name)", kind: .emulator)
            default: break
            }
        }
        return body
    }

    /// Gives a failure the words that reach the plugin.
    private static func named(_ decode: () throws(Inflate.Failure) -> [UInt8]) throws(LiveFailure) -> [UInt8] {
        do {
            return try decode()
        } catch {
            switch error {
            case .invalid(let words): throw LiveFailure("Error -3 while decompressing data: \(words)")
            case .dictionary: throw LiveFailure("Error 2 while decompressing data")
            case .tooLarge: throw .tooLarge
            }
        }
    }

    // MARK: - gzip (RFC 1952)

    /// The first member; what follows it is left out, and a member that ends early gives what is there.
    private static func gzip(_ body: [UInt8]) throws(Inflate.Failure) -> [UInt8] {
        guard body.count >= 2 else { return [] }
        guard body.starts(with: [0x1F, 0x8B]) else { throw .invalid("incorrect header check") }
        guard body.count >= 4 else { return [] }
        guard body[2] == 8 else { throw .invalid("unknown compression method") }
        guard body[3] & 0xE0 == 0 else { throw .invalid("unknown header flags set") }
        guard let start = try startOfData(body) else { return [] }
        let (output, end) = try Inflate.decompress(body[start...], limit: largestBody)
        guard let end, let sum = littleEndian(body[end...], 4) else { return output }
        guard sum == Checksum.crc32(output[...]) else { throw .invalid("incorrect data check") }
        guard let length = littleEndian(body[(end + 4)...], 4) else { return output }
        guard length == UInt32(truncatingIfNeeded: output.count) else { throw .invalid("incorrect length check") }
        return output
    }

    /// Where a member's data begin, behind its optional fields; nil when the header ends early.
    private static func startOfData(_ body: [UInt8]) throws(Inflate.Failure) -> Int? {
        let flags = body[3]
        var position = 10
        if flags & 0x04 != 0 {
            guard let length = littleEndian(body.dropFirst(position), 2) else { return nil }
            position += 2 + Int(length)
        }
        // A name, and a comment: texts that end with a zero.
        for flag: UInt8 in [0x08, 0x10] where flags & flag != 0 {
            guard let end = body.dropFirst(position).firstIndex(of: 0) else { return nil }
            position = end + 1
        }
        if flags & 0x02 != 0 {
            guard let sum = littleEndian(body.dropFirst(position), 2) else { return nil }
            guard sum == Checksum.crc32(body[..<position]) & 0xFFFF else { throw .invalid("header crc mismatch") }
            position += 2
        }
        return position <= body.count ? position : nil
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>, _ count: Int) -> UInt32? {
        guard bytes.count >= count else { return nil }
        return bytes.prefix(count).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    // MARK: - deflate

    /// A zlib stream (RFC 1950), which is what the name means, or the bare data that some servers send.
    private static func deflate(_ body: [UInt8]) throws(Inflate.Failure) -> [UInt8] {
        do {
            return try zlib(body)
        } catch .tooLarge {
            throw .tooLarge
        } catch {
            return try Inflate.decompress(body[...], limit: largestBody).output
        }
    }

    private static func zlib(_ body: [UInt8]) throws(Inflate.Failure) -> [UInt8] {
        guard body.count >= 2 else { return [] }
        guard (Int(body[0]) << 8 | Int(body[1])) % 31 == 0 else { throw .invalid("incorrect header check") }
        guard body[0] & 0x0F == 8 else { throw .invalid("unknown compression method") }
        guard body[0] >> 4 <= 7 else { throw .invalid("invalid window size") }
        if body[1] & 0x20 != 0 {
            guard body.count >= 6 else { return [] }
            throw .dictionary
        }
        let (output, end) = try Inflate.decompress(body[2...], limit: largestBody)
        guard let end, body.count >= end + 4 else { return output }
        let sum = body[end..<end + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard sum == Checksum.adler32(output) else { throw .invalid("incorrect data check") }
        return output
    }
}

/// The sums at the ends of compressed data.
enum Checksum {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
    }

    /// CRC-32, as in gzip.
    static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }

    /// Adler-32, as in zlib.
    static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65521
            high = (high + low) % 65521
        }
        return high << 16 | low
    }
}
