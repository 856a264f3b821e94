import DifyProtocol

/// Reads texts of a query, a header or a form as values of the types that a schema names.
struct TextReader {
    private let document: SchemaDocument
    private let schemas: [JSONValue]
    private let facts: SchemaFacts

    init(_ extracted: ExtractedSchema) {
        self.init([extracted.schema], SchemaDocument(root: extracted.schema))
    }

    private init(_ schemas: [JSONValue], _ document: SchemaDocument) {
        self.document = document
        self.schemas = schemas
        facts = SchemaFacts(schemas, document)
    }

    /// Whether values are lists and nothing else.
    var isList: Bool { facts.types.map { $0 == ["array"] } ?? (!facts.items.isEmpty && facts.members.isEmpty) }

    /// Whether values are objects and nothing else.
    var isObject: Bool { facts.types.map { $0 == ["object"] } ?? !facts.members.isEmpty }

    /// Whether an object has a described member of this name.
    func knows(_ key: String) -> Bool { facts.members.contains { $0.properties?[key] != nil } }

    /// The value that a single text stands for: the one that the schema allows, else one of a type that it names.
    func scalar(_ text: String) -> JSONValue {
        let candidates = [Self.number(text), Self.boolean(text), .string(text)].compactMap(\.self)
        let check = SchemaCheck(document: document)
        if let allowed = candidates.first(where: { check.accepts($0, all: schemas) }) { return allowed }
        let types = facts.types ?? []
        let named = candidates.first { candidate in
            switch candidate {
            case .number: types.contains("number") || types.contains("integer")
            case .bool: types.contains("boolean")
            default: types.contains("string")
            }
        }
        return named ?? .string(text)
    }

    /// The list of what the texts stand for.
    func list(_ texts: [String]) -> JSONValue {
        .array(
            texts.enumerated().map { index, text in
                TextReader(facts.items.compactMap { $0.schema(at: index) }, document).scalar(text)
            })
    }

    /// The value of an object's member.
    func member(_ key: String, _ text: String) -> JSONValue { reader(of: key).scalar(text) }

    /// What reads the member of this name.
    func reader(of key: String) -> TextReader {
        TextReader(facts.members.flatMap { $0.schemas(for: key, document) }, document)
    }

    /// A number as JSON writes it, leading zeros forgiven.
    private static func number(_ text: String) -> JSONValue? {
        let isWhole = !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if isWhole { return PythonNumber.integer(from: text).map(JSONValue.number) }
        guard let value = try? JSONParser.parse(text), value.number != nil else { return nil }
        return value
    }

    private static func boolean(_ text: String) -> JSONValue? {
        text == "true" ? true : text == "false" ? false : nil
    }
}
