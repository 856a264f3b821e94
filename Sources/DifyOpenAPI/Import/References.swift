internal import DifyProtocol
internal import OrderedCollections

/// Dify's `$ref`: one hop, split at slashes, nothing decoded, always within the same document.
extension DocumentValue {
    /// What a reference points to. Whatever stands before the first slash is ignored.
    func resolve(_ reference: DocumentValue) throws(APISchemaError) -> DocumentValue {
        var target = self
        for piece in try Self.pieces(of: reference) { target = try target.index(piece) }
        return target
    }

    static func pieces(of reference: DocumentValue) throws(APISchemaError) -> [String] {
        guard case .string(let text) = reference else { throw reference.missingAttribute("split") }
        return text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map { String(String.UnicodeScalarView($0)) }
    }

    /// Puts a value where these pieces lead.
    mutating func replace(at pieces: ArraySlice<String>, with value: DocumentValue) {
        guard let piece = pieces.first else {
            self = value
            return
        }
        guard var child = self[piece] else { return }
        child.replace(at: pieces.dropFirst(), with: value)
        set(piece, to: child)
    }
}

extension OpenAPIImporter {
    /// Most `allOf` entries that are merged into one property. Dify never ends on a circle of them.
    private static let maximumAllOf = 500

    /// The schema that a body refers to, since 1.7.1 with the `allOf` of each of its properties merged into it.
    ///
    /// The merge changes the shared schema, so it is written back into the document.
    mutating func resolvedSchema(reference: DocumentValue) throws(APISchemaError) -> DocumentValue {
        var schema = try document.resolve(reference)
        guard profile.has(.mergedAllOf) else { return schema }
        let pieces = try DocumentValue.pieces(of: reference)[...]
        for name in try (schema.get("properties") ?? .map([:])).items().keys {
            guard let property = schema["properties"]?.map?[name] else { continue }
            guard try property.get("allOf") != nil else { continue }
            var properties = try schema.index("properties")
            properties.set(name, to: try merged(property))
            schema.set("properties", to: properties)
            document.replace(at: pieces, with: schema)
        }
        return schema
    }

    /// Lists are appended to, other keys are added when they are absent; a nested `allOf` joins the queue.
    private func merged(_ source: DocumentValue) throws(APISchemaError) -> DocumentValue {
        var property = source
        var position = 0
        while let item = try Self.element(position, of: property["allOf"] ?? .null) {
            position += 1
            guard position <= Self.maximumAllOf else {
                throw APISchemaError(.schema, "dify-emulator: a circle of allOf references, on which Dify never ends")
            }
            let addition = try item.contains("$ref") ? document.resolve(item.index("$ref")) : item
            for (key, value) in try addition.items() {
                switch (value, property.map?[key]) {
                case (.list(let more), .list(let present)): property.set(key, to: .list(present + more))
                case (_, nil): property.set(key, to: value)
                default: break
                }
            }
        }
        guard case .map(var map) = property else { return property }
        map.removeValue(forKey: .string("allOf"))
        return .map(map)
    }

    private static func element(_ position: Int, of list: DocumentValue) throws(APISchemaError) -> DocumentValue? {
        let elements = try list.iterated()
        return position < elements.count ? elements[position] : nil
    }
}
