import DifyProtocol

/// The host of an address as httpx writes it: checked when it looks like an IP address, in ASCII when it is a name.
enum HostAddress {
    /// - Parameter host: The part of an address between user and port, with the brackets of an IPv6 address.
    /// - Throws: ``StreamError`` with the client's text.
    static func encoded(_ host: String) throws(StreamError) -> String {
        if host.utf8.first == UInt8(ascii: "["), host.utf8.last == UInt8(ascii: "]") {
            let address = String(host.unicodeScalars.dropFirst().dropLast())
            guard isIPv6(address) else { throw StreamError("Invalid IPv6 address: \(PythonText.repr(host))") }
            return address
        }
        if looksLikeIPv4(host) {
            guard isIPv4(host) else { throw StreamError("Invalid IPv4 address: \(PythonText.repr(host))") }
            return host
        }
        if host.utf8.allSatisfy({ $0 < 0x80 }) {
            return QueryText.quote(host.lowercased(), safe: "!$&'()*+,;=\"`{}%|\\")
        }
        guard let name = InternationalName.ascii(PythonText.lowercased(host)) else {
            throw StreamError("Invalid IDNA hostname: \(PythonText.repr(host))")
        }
        return name
    }

    private static func looksLikeIPv4(_ host: String) -> Bool {
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    }

    /// Python's rules for `ipaddress.IPv4Address`: four numbers up to 255, none with a leading zero.
    private static func isIPv4(_ address: String) -> Bool {
        looksLikeIPv4(address)
            && address.utf8.split(separator: UInt8(ascii: ".")).allSatisfy { part in
                part.count == 1
                    || part.first != UInt8(ascii: "0") && UInt8(String(decoding: part, as: UTF8.self)) != nil
            }
    }

    /// Python's rules for `ipaddress.IPv6Address`, with a scope after `%`.
    private static func isIPv6(_ text: String) -> Bool {
        let halves = text.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
        guard halves.count == 1 || halves.count == 2 && !halves[1].isEmpty, !text.utf8.contains(UInt8(ascii: "/")),
            let address = halves.first
        else { return false }
        var parts = address.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        if let last = parts.last, last.utf8.contains(UInt8(ascii: ".")) {
            guard isIPv4(last) else { return false }
            parts.replaceSubrange(parts.count - 1..<parts.count, with: ["0", "0"])
        }
        guard (3...9).contains(parts.count) else { return false }
        let gaps = parts.indices.dropFirst().dropLast().filter { parts[$0].isEmpty }
        guard let gap = gaps.first else {
            return parts.count == 8 && parts.allSatisfy(isHexadecimal)
        }
        // An empty part at either end is fine next to the gap only.
        let high = parts[0].isEmpty && gap == 1 ? [] : parts[..<gap]
        let low = parts[parts.count - 1].isEmpty && gap == parts.count - 2 ? [] : parts[(gap + 1)...]
        return gaps.count == 1 && high.count + low.count < 8 && (high + low).allSatisfy(isHexadecimal)
    }

    private static func isHexadecimal(_ part: String) -> Bool {
        (1...4).contains(part.utf8.count) && part.utf8.allSatisfy { Unicode.Scalar($0).properties.isASCIIHexDigit }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
