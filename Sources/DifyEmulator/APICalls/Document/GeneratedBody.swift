import DifyProtocol

/// The body of a made-up response.
struct GeneratedBody {
    let text: String
    let origin: GeneratedResponse.Origin
    let pointer: String
    let notes: [String]

    /// - Parameters:
    ///   - media: What the document says about the content type.
    ///   - key: What ids in the body follow from.
    init(of media: DocumentPart, type: String, in document: OperationDocument, key: String) {
        var notes: [String] = []
        let schema = media["schema"].map { ExtractedSchema($0, in: document, for: .response) }
        let encoding = BodyEncoding(type)
        if let example = WrittenExample.first(of: media, type: type, in: document, notes: &notes) {
            let value = Self.value(of: example, schema, encoding)
            text =
                example.isVerbatim
                ? BodyEncoding.plain(value) : encoding.text(of: value, schema: schema?.schema ?? true)
            origin = example.origin
            pointer = example.part.pointer
            if let schema, encoding == .json, !example.isVerbatim {
                notes += Self.complaint(about: value, at: pointer, schema)
            }
        } else {
            let (value, isValid) = Self.value(schema, encoding, key: key)
            notes += schema?.notes ?? []
            if !isValid, let schema {
                notes.append("\(schema.pointer): no value was found that the schema accepts; this one comes close")
            }
            text = encoding.text(of: value, schema: schema?.schema ?? true)
            origin = .schema
            pointer = schema?.pointer ?? media.pointer
        }
        self.notes = notes
    }

    private static func value(
        _ schema: ExtractedSchema?, _ encoding: BodyEncoding, key: String
    ) -> (value: JSONValue, isValid: Bool) {
        // Anything may stand where no schema is. JSON then is an empty object, other types are text.
        guard let schema, schema.schema != [:] else {
            return (encoding == .json ? [:] : .string(encoding.sample), true)
        }
        if encoding.isBinary, Self.isAnyText(schema.schema) { return (.string(encoding.sample), true) }
        return SchemaValue.generated(schema.schema, key: key)
    }

    /// Whether a schema says no more than that there is content.
    private static func isAnyText(_ schema: JSONValue) -> Bool {
        let facts = SchemaFacts([schema], SchemaDocument(root: schema))
        return facts.types ?? ["string"] == ["string"] && facts.listed == nil
            && facts.examples.isEmpty && facts.defaults.isEmpty
    }

    /// What the document's own schema has against an example, which is sent all the same.
    private static func complaint(about value: JSONValue, at pointer: String, _ schema: ExtractedSchema) -> [String] {
        guard !schema.accepts(value) else { return [] }
        let fault = SchemaInspection.faults(of: value, in: schema).first
        let reason = fault.map { ": \($0.path.isEmpty ? "" : $0.path + ": ")\($0.problem) (\($0.pointer))" } ?? ""
        return ["\(pointer): the example does not fit its own schema\(reason)"]
    }

    /// The value that an example stands for: many are written as the JSON text that is sent.
    private static func value(
        of example: WrittenExample, _ schema: ExtractedSchema?, _ encoding: BodyEncoding
    ) -> JSONValue {
        let value = example.part.value
        guard encoding == .json, !example.isVerbatim, let text = value.string,
            let parsed = try? JSONParser.parse(text, dialect: .python), parsed.object != nil || parsed.array != nil,
            schema.map({ !$0.accepts(value) }) ?? true
        else { return value }
        return parsed
    }
}

extension ExtractedSchema {
    /// Whether the schema allows a value.
    func accepts(_ value: JSONValue) -> Bool {
        SchemaCheck(document: SchemaDocument(root: schema)).accepts(value, schema)
    }
}
