import DifyProtocol

/// Finds what the `$ref`s of a JSON schema stand for: `#`, JSON pointers (`#/$defs/name`), anchors and ids.
struct SchemaReferences {
    /// Most parts of a schema that are searched for anchors and ids.
    private static let maximumParts = 20_000

    private let root: JSONValue
    private var anchors: [String: JSONValue] = [:]
    private var ids: [String: JSONValue] = [:]

    init(root: JSONValue) {
        self.root = root
        var pending = [root]
        var position = 0
        while position < pending.count, position < Self.maximumParts {
            let part = pending[position]
            position += 1
            if let object = part.object {
                record(part, object)
                pending += object.map(\.value)
            } else if let elements = part.array {
                pending += elements
            }
        }
    }

    /// The schema that a reference names; nil when it leads out of the document or nowhere.
    func resolve(_ reference: String) -> JSONValue? {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let base = String(parts[0])
        guard let document = base.isEmpty ? root : ids[base] else { return nil }
        let fragment = parts.count == 2 ? Self.decoded(parts[1]) : ""
        if fragment.isEmpty { return document }
        return fragment.hasPrefix("/") ? Self.follow(fragment, from: document) : anchors[fragment]
    }

    private mutating func record(_ part: JSONValue, _ object: JSONObject) {
        for key in ["$anchor", "$dynamicAnchor"] {
            if let name = object[key]?.string, anchors[name] == nil { anchors[name] = part }
        }
        for key in ["$id", "id"] {
            guard let id = object[key]?.string, !id.isEmpty else { continue }
            if id.hasPrefix("#") {
                if anchors[String(id.dropFirst())] == nil { anchors[String(id.dropFirst())] = part }
                continue
            }
            // References are mostly relative: the last part of an address is enough to know it again.
            for name in [id, String(id.split(separator: "/").last ?? "")] where ids[name] == nil { ids[name] = part }
        }
    }

    private static func follow(_ pointer: String, from document: JSONValue) -> JSONValue? {
        var value = document
        for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let key = unescaped(token)
            if let elements = value.array {
                guard let index = Int(key), elements.indices.contains(index) else { return nil }
                value = elements[index]
            } else {
                guard let member = value[key] else { return nil }
                value = member
            }
        }
        return value
    }

    /// `~1` stands for a slash, `~0` for the tilde.
    private static func unescaped(_ token: Substring) -> String {
        var result = ""
        var rest = token.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "~", let next = rest.first, next == "0" || next == "1" {
                result.unicodeScalars.append(next == "0" ? "~" : "/")
                rest.removeFirst()
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The fragment without its percent escapes.
    private static func decoded(_ fragment: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(fragment.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
