import DifyProtocol

/// Names of hosts with letters beyond ASCII, by the rules of 2008 as Python's idna 3.11 applies them: nothing is
/// mapped, and a character that the rules do not allow makes the name invalid.
enum InternationalName {
    private static let prefix = "xn--"
    private static let longestLabel = 63
    private static let longestName = 253

    /// The name as it stands in a request.
    ///
    /// - Returns: nil for a name that the rules do not allow.
    static func ascii(_ name: String) -> String? {
        var labels = name.unicodeScalars.split(omittingEmptySubsequences: false) { ".。．｡".unicodeScalars.contains($0) }
        let endsInDot = labels.last?.isEmpty == true
        if endsInDot { labels.removeLast() }
        var written: [String] = []
        for label in labels {
            // The longer form of so many letters is too long in any case.
            guard label.count <= longestLabel, let label = ascii(Array(label)), label.utf8.count <= longestLabel else {
                return nil
            }
            written.append(label)
        }
        let text = written.joined(separator: ".") + (endsInDot ? "." : "")
        return text.utf8.count > longestName + (endsInDot ? 1 : 0) ? nil : text
    }

    private static func ascii(_ label: [Unicode.Scalar]) -> String? {
        if label.allSatisfy(\.isASCII) {
            let text = text(label)
            return complaint(aboutLabel: text) == nil ? text : nil
        }
        return InternationalLabel(label).complaint == nil ? prefix + Punycode.encode(label) : nil
    }

    /// Longest label that is decoded. None as long is valid, and decoding takes time by the square of the length.
    private static let longestDecoded = 4096

    /// Why a host in ASCII cannot be shown in Unicode, in Python's words; nil when it can.
    ///
    /// The client tries so with every host that begins like an encoded label.
    static func complaint(about host: String) -> String? {
        guard host.utf8.starts(with: prefix.utf8) else { return nil }
        var labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if labels.last?.isEmpty == true { labels.removeLast() }
        return labels.lazy.compactMap { complaint(aboutLabel: String(decoding: $0, as: UTF8.self)) }.first
    }

    private static func complaint(aboutLabel text: String) -> String? {
        let label = text.lowercased()
        guard label.utf8.starts(with: prefix.utf8) else {
            return InternationalLabel(Array(label.unicodeScalars)).complaint
        }
        let code = String(decoding: label.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
        if code.isEmpty { return "Malformed A-label, no Punycode eligible content found" }
        if code.utf8.last == UInt8(ascii: "-") { return "A-label must not end with a hyphen" }
        guard code.utf8.count <= longestDecoded, let decoded = Punycode.decode(code) else { return "Invalid A-label" }
        return InternationalLabel(decoded).complaint
    }

    private static func text(_ label: [Unicode.Scalar]) -> String {
        String(String.UnicodeScalarView(label))
    }
}
