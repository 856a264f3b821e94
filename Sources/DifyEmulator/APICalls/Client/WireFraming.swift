import DifyProtocol

/// What h11 0.16 checks and changes before a request goes over the line.
enum WireFraming {
    /// The headers as they are written, `Host` first.
    ///
    /// - Throws: ``StreamError`` with the text for a header that HTTP does not allow.
    static func checked(_ headers: [WireHeader]) throws(StreamError) -> [WireHeader] {
        var checked: [WireHeader] = []
        var length: String?
        for header in headers {
            if let complaint = complaint(about: header) { throw StreamError(complaint) }
            if header.isNamed("content-length") {
                let value = try contentLength(header.value)
                guard length ?? value == value else { throw StreamError("conflicting Content-Length headers") }
                if length == nil { checked.append(WireHeader(header.name, value)) }
                length = value
            } else if header.isNamed("transfer-encoding") {
                guard !checked.contains(where: { $0.isNamed("transfer-encoding") }) else {
                    throw StreamError("multiple Transfer-Encoding headers")
                }
                guard header.value.lowercased() == "chunked" else {
                    throw StreamError("Only Transfer-Encoding: chunked is supported")
                }
                checked.append(WireHeader(header.name, "chunked"))
            } else {
                checked.append(header)
            }
        }
        return checked.filter { $0.isNamed("host") } + checked.filter { !$0.isNamed("host") }
    }

    /// The text about a name or a value that HTTP does not allow; nil when both are fine.
    static func complaint(about header: WireHeader) -> String? {
        // Names and values are ASCII, so what Python shows of their bytes is what it shows of the text.
        guard !header.name.isEmpty, header.name.utf8.allSatisfy(isTokenByte) else {
            return "Illegal header name b\(PythonText.repr(header.name))"
        }
        let value = header.value.utf8
        let ends = [value.first, value.last].compactMap(\.self)
        guard !ends.contains(where: " \t".utf8.contains), !value.contains(where: "\0\n\u{0B}\u{0C}\r".utf8.contains)
        else {
            return "Illegal header value b\(PythonText.repr(header.value))"
        }
        return nil
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-!#$%&'*+.^_`|~".utf8.contains(byte)
        }
    }

    private static let mostDigits = 20

    /// A list of lengths counts as one when all of them are the same text.
    private static func contentLength(_ text: String) throws(StreamError) -> String {
        let lengths = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { PythonText.strip(String(decoding: $0, as: UTF8.self)) }
        guard let length = lengths.first, lengths.allSatisfy({ $0 == length }) else {
            throw StreamError("conflicting Content-Length headers")
        }
        guard !length.isEmpty, length.utf8.count <= mostDigits, length.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw StreamError("bad Content-Length") }
        return length
    }

    /// The body as it is written: in one chunk when a header asked for chunks.
    ///
    /// - Throws: ``StreamError`` when the body has not the length that the headers announce.
    static func framed(_ body: [UInt8], after headers: [WireHeader]) throws(StreamError) -> [UInt8] {
        if headers.contains(where: { $0.isNamed("transfer-encoding") }) {
            let chunk =
                body.isEmpty ? [] : Array("\(String(body.count, radix: 16))\r\n".utf8) + body + Array("\r\n".utf8)
            return chunk + Array("0\r\n\r\n".utf8)
        }
        let announced = headers.first { $0.isNamed("content-length") }.map { Int($0.value) ?? .max } ?? 0
        guard body.count <= announced else { throw StreamError("Too much data for declared Content-Length") }
        guard body.count == announced else { throw StreamError("Too little data for declared Content-Length") }
        return body
    }
}
