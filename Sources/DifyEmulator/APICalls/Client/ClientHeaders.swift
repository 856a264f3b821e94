import DifyProtocol

/// Headers as httpx keeps them: several lines of one name may stand beside each other, and names are the same in upper
/// and lower case.
struct ClientHeaders {
    private(set) var lines: [WireHeader]

    /// What the client sends unless told otherwise.
    ///
    /// Where Dify runs, the packages for `br` and `zstd` are installed and the client offers these as well. Here only
    /// what can be decoded is offered.
    static let usual = ClientHeaders(lines: [
        WireHeader("Accept", "*/*"), WireHeader("Accept-Encoding", "gzip, deflate"),
        WireHeader("Connection", "keep-alive"), WireHeader("User-Agent", "python-httpx/0.28.1"),
    ])

    func contains(_ name: String) -> Bool { lines.contains { $0.isNamed(name) } }

    /// Puts lines in the place of those that have one of their names: at the end.
    mutating func replace(with lines: [WireHeader]) {
        self.lines.removeAll { line in lines.contains { $0.isNamed(line.name) } }
        self.lines += lines
    }

    mutating func prepend(_ line: WireHeader) { lines.insert(line, at: 0) }

    mutating func setDefault(_ name: String, _ value: String) {
        if !contains(name) { lines.append(WireHeader(name, value)) }
    }

    /// Puts a line in the place of the first one of its name, and drops the others.
    mutating func set(_ name: String, _ value: String) {
        guard let first = lines.firstIndex(where: { $0.isNamed(name) }) else {
            return lines.append(WireHeader(name, value))
        }
        lines[first] = WireHeader(name, value)
        let others = lines.indices.filter { $0 > first && lines[$0].isNamed(name) }
        for index in others.reversed() { lines.remove(at: index) }
    }

    /// - Throws: ``StreamError`` with Python's text for a character beyond ASCII.
    static func requireASCII(_ text: String) throws(StreamError) {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: { !$0.isASCII }) else { return }
        let end = scalars[first...].firstIndex(where: \.isASCII) ?? scalars.count
        let what: String
        if end - first == 1 {
            what = "character '\(escape(scalars[first]))' in position \(first)"
        } else {
            what = "characters in position \(first)-\(end - 1)"
        }
        throw StreamError("'ascii' codec can't encode \(what): ordinal not in range(128)")
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let (sign, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\\(sign)" + String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}
