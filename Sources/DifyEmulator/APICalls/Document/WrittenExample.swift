import DifyProtocol

/// The value that a document's author wrote down for a body.
struct WrittenExample {
    let part: DocumentPart
    let origin: GeneratedResponse.Origin
    /// Whether it stands as text that is sent as it is.
    var isVerbatim = false

    /// The first example of a content type, of its schema, or the schema's default; nil when there is none.
    ///
    /// - Parameter notes: Gets what there is to say about examples that cannot be used.
    static func first(
        of media: DocumentPart, type: String, in document: OperationDocument, notes: inout [String]
    ) -> WrittenExample? {
        if let example = media["example"] { return WrittenExample(part: example, origin: .example) }
        if let list = media["examples"], let example = named(in: list, type, document, &notes) { return example }
        return suggested(by: media["schema"], in: document)
    }

    /// The first of `examples` that holds its value here.
    private static func named(
        in list: DocumentPart, _ type: String, _ document: OperationDocument, _ notes: inout [String]
    ) -> WrittenExample? {
        // Swagger names examples by content type.
        if let example = list[type] { return WrittenExample(part: example, origin: .example) }
        if let example = list.elements.first { return WrittenExample(part: example, origin: .example) }
        for (_, entry) in list.members {
            guard let example = document.resolved(entry) else {
                let reference = entry.value["$ref"]?.description ?? ""
                notes.append("\(entry.pointer): the reference \(reference) points to nothing; the next example counts")
                continue
            }
            if let value = example["value"] ?? example["dataValue"] {
                return WrittenExample(part: value, origin: .example)
            }
            if let text = example["serializedValue"] {
                return WrittenExample(part: text, origin: .example, isVerbatim: true)
            }
            if let address = example["externalValue"] {
                let shown = address.value.string ?? address.value.description
                notes.append("\(address.pointer): the example lies at \(shown) and is not fetched; the next one counts")
                continue
            }
            // Many documents write the value itself where an object with `value` belongs.
            if example["summary"] == nil, example["description"] == nil {
                return WrittenExample(part: example, origin: .example)
            }
        }
        return nil
    }

    /// What the schema itself names, at whatever its reference leads to.
    private static func suggested(by schema: DocumentPart?, in document: OperationDocument) -> WrittenExample? {
        var chain: [DocumentPart] = []
        var next = schema
        while let part = next, chain.count < 16 {
            chain.append(part)
            next = part.value["$ref"]?.string.flatMap { document.target(of: $0) }
        }
        for part in chain {
            if let example = part["examples"]?.elements.first ?? part["example"] {
                return WrittenExample(part: example, origin: .example)
            }
        }
        return chain.lazy.compactMap { $0["default"] }.first.map { WrittenExample(part: $0, origin: .default) }
    }
}
