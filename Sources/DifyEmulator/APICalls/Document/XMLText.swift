import DifyProtocol

/// A value as XML, with the names, attributes and wrappers that a schema's `xml` asks for.
struct XMLText {
    private let schemas: SchemaDocument
    private var text = #"<?xml version="1.0" encoding="UTF-8"?>"#

    /// The value as a whole document.
    static func document(_ value: JSONValue, schema: JSONValue) -> String {
        var writer = XMLText(schemas: SchemaDocument(root: schema))
        let fallback = schema["$ref"]?.string?.split(separator: "/").last.map(String.init) ?? "root"
        writer.write(value, [schema], name: fallback, depth: 0)
        return writer.text
    }

    private init(schemas: SchemaDocument) { self.schemas = schemas }

    private mutating func write(_ value: JSONValue, _ schemas: [JSONValue], name: String, depth: Int) {
        guard depth < 60 else { return }
        let (facts, hints) = (SchemaFacts(schemas, self.schemas), hints(of: schemas))
        let element = Self.name(hints["name"]?.string ?? name, prefix: hints["prefix"]?.string)
        switch value {
        case .array(let elements):
            // At the top there must be one element, so lists are wrapped there in any case.
            let isWrapped = hints["wrapped"]?.bool == true || depth == 0
            if isWrapped { text += "<\(element)>" }
            for (index, item) in elements.enumerated() {
                let items = facts.items.compactMap { $0.schema(at: index) }
                write(item, items, name: depth == 0 ? "item" : name, depth: depth + 1)
            }
            if isWrapped { text += "</\(element)>" }
        case .object(let object):
            text += "<\(element)" + namespace(hints)
            var children: [(key: String, value: JSONValue, schemas: [JSONValue])] = []
            for (key, member) in object {
                let parts = facts.members.flatMap { $0.schemas(for: key, self.schemas) }
                let own = self.hints(of: parts)
                if own["attribute"]?.bool == true {
                    let name = Self.name(own["name"]?.string ?? key, prefix: own["prefix"]?.string)
                    text += " \(name)=\"\(Self.escaped(member))\""
                } else {
                    children.append((key, member, parts))
                }
            }
            text += ">"
            for child in children { write(child.value, child.schemas, name: child.key, depth: depth + 1) }
            text += "</\(element)>"
        default:
            text += "<\(element)\(namespace(hints))>\(Self.escaped(value))</\(element)>"
        }
    }

    /// What `xml` says in a schema, or in what it refers to and is composed of.
    private func hints(of schemas: [JSONValue]) -> JSONObject {
        var pending = schemas
        var position = 0
        while position < min(pending.count, 20) {
            let schema = pending[position].object ?? [:]
            if let hints = schema["xml"]?.object { return hints }
            if let target = self.schemas.target(of: schema) { pending.append(target) }
            pending += schema.schemaList("allOf")
            position += 1
        }
        return [:]
    }

    private func namespace(_ hints: JSONObject) -> String {
        guard let namespace = hints["namespace"] else { return "" }
        let prefix = hints["prefix"]?.string.map { ":" + Self.name($0, prefix: nil) } ?? ""
        return " xmlns\(prefix)=\"\(Self.escaped(namespace))\""
    }

    private static func name(_ name: String, prefix: String?) -> String {
        let scalars = name.unicodeScalars.map { $0.isWordPart || $0 == "_" || $0 == "-" || $0 == "." ? $0 : "_" }
        let plain = String(String.UnicodeScalarView(scalars))
        let first = scalars.first.map { $0.properties.isAlphabetic || $0 == "_" } ?? false
        return (prefix.map { Self.name($0, prefix: nil) + ":" } ?? "") + (first ? plain : "_" + plain)
    }

    private static func escaped(_ value: JSONValue) -> String {
        if value.isNull { return "" }
        return (value.string ?? value.description).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
