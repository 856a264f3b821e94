import DifyProtocol

/// A request as a server reads it from the line.
struct SentRequest {
    /// The pieces of the path between its slashes, percent escapes read.
    let path: [String]
    /// The pairs of the query, in order.
    let query: [(name: String, value: String)]
    private let headers: [WireHeader]
    let body: [UInt8]

    init(_ wire: WireRequest) {
        let parts = wire.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(FormPairs.unquoted)
        query = parts.count > 1 ? FormPairs.read(parts[1]) : []
        headers = wire.headers
        body = wire.body
    }

    /// The values of a header, in order.
    func headers(_ name: String) -> [String] {
        headers.filter { $0.isNamed(name) }.map(\.value)
    }

    /// The values of a cookie.
    func cookies(_ name: String) -> [String] {
        headers("cookie").flatMap { $0.split(separator: ";") }.compactMap { pair in
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts[0] == name ? String(parts.dropFirst().first ?? "") : nil
        }
    }

    /// The values of the query's keys with this name.
    func query(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }

    /// The texts that fill the placeholders of a path; nil when the request's path is another one.
    ///
    /// - Parameter address: The whole address with its placeholders, whose last part the path is.
    func placeholders(of path: String, in address: String) -> [String: String]? {
        let template = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isSlashed = path.hasPrefix("/")
        let before = address.dropLast(path.count).drop { $0 != ":" }.dropFirst(3).count { $0 == "/" }
        // An address that does not begin a path anew shares its last piece with what stands before.
        guard isSlashed, self.path.count == before + template.count else { return nil }
        var values: [String: String] = [:]
        for (piece, text) in zip(template.dropFirst(), self.path.suffix(template.count - 1)) {
            guard let found = Self.match(piece, text) else { return nil }
            values.merge(found) { first, _ in first }
        }
        return values
    }

    /// The texts in place of the placeholders of one piece, such as `{id}.json`.
    private static func match(_ template: String, _ text: String) -> [String: String]? {
        var values: [String: String] = [:]
        var (template, text) = (template[...], text[...])
        while let open = template.firstIndex(of: "{"), let close = template[open...].firstIndex(of: "}") {
            let literal = template[..<open]
            guard text.hasPrefix(literal) else { return nil }
            text = text.dropFirst(literal.count)
            let name = String(template[template.index(after: open)..<close])
            template = template[template.index(after: close)...]
            let next = template.prefix { $0 != "{" }
            let end = next.isEmpty ? text.endIndex : text.ranges(of: next).last?.lowerBound
            guard let end else { return nil }
            values[name] = String(text[..<end])
            text = text[end...]
        }
        return template == text ? values : nil
    }
}
