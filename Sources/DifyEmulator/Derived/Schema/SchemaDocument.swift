import DifyProtocol

/// The document that schemas belong to, with what was read of it and what may still be spent on it.
final class SchemaDocument {
    let root: JSONValue
    let work = SchemaWork(1_200_000)
    private var patterns: [String: RegexSyntax?] = [:]
    /// The schemas with a name of their own (`$anchor`, in drafts 4 to 7 an id of only a fragment), once one is needed.
    private var anchors: [String: JSONValue]?

    init(root: JSONValue) { self.root = root }

    /// The schema that `$ref` names: `#`, a JSON pointer (`#/$defs/name`) or an anchor. Nil when there is none in this
    /// document.
    func target(of schema: JSONObject) -> JSONValue? {
        guard let reference = schema["$ref"]?.string, reference.hasPrefix("#"),
            work.spend(20 + 5 * reference.utf8.count)
        else { return nil }
        let fragment = Self.decoded(reference.dropFirst())
        if fragment.isEmpty { return root }
        return fragment.hasPrefix("/") ? follow(fragment) : anchor(fragment)
    }

    /// Whether an expression is found in a text; nil when that cannot be told.
    func isFound(_ expression: String, in text: String) -> Bool? {
        syntax(expression).flatMap { RegexMatch.isFound($0, in: text, work) }
    }

    /// A text that an expression is found in; nil when none can be made.
    func text(matching expression: String, length: Int, variation: Int) -> String? {
        syntax(expression).flatMap { RegexText.text(for: $0, length: length, variation: variation, work) }
    }

    /// The expression, read once.
    private func syntax(_ expression: String) -> RegexSyntax? {
        guard work.spend(10 + expression.utf8.count / 50) else { return nil }
        if let known = patterns[expression] { return known }
        guard work.spend(10 * min(expression.utf8.count, RegexParser.maximumLength)) else { return nil }
        let syntax = RegexParser.parse(expression)
        patterns[expression] = .some(syntax)
        return syntax
    }

    private func anchor(_ name: String) -> JSONValue? {
        if let anchors { return anchors[name] }
        var found: [String: JSONValue] = [:]
        var pending = [root]
        while let part = pending.popLast(), work.spend(10) {
            if let object = part.object {
                for case let name? in [object["$anchor"]?.string, (object["$id"] ?? object["id"])?.string] {
                    found[name.hasPrefix("#") ? String(name.dropFirst()) : name] = part
                }
            }
            let parts = part.array ?? part.object?.map(\.value) ?? []
            if work.spend(parts.count) { pending += parts }
        }
        anchors = found
        return found[name]
    }

    private func follow(_ pointer: String) -> JSONValue? {
        var value = root
        for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let key = String(token).replacing("~1", with: "/").replacing("~0", with: "~")
            guard work.spend(5), let member = value[key] ?? value.array?.element(key) else { return nil }
            value = member
        }
        return value
    }

    /// The fragment without its percent escapes.
    private static func decoded(_ fragment: Substring) -> String {
        guard fragment.contains("%") else { return String(fragment) }
        var bytes: [UInt8] = []
        var rest = Array(fragment.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [JSONValue] {
    /// The element that a pointer names.
    fileprivate func element(_ key: String) -> JSONValue? {
        Int(key).flatMap { indices.contains($0) ? self[$0] : nil }
    }
}
