import DifyProtocol

/// Reads the texts of a parameter as a server would, by the parameter's schema and style.
struct ParameterReader {
    /// The text cannot be what the schema wants.
    struct Misfit: Error {
        let problem: String
    }

    let extracted: ExtractedSchema
    private let parameter: DeclaredParameter
    private let text: TextReader

    init(_ parameter: DeclaredParameter, _ schema: DocumentPart, in document: OperationDocument) {
        self.parameter = parameter
        extracted = ExtractedSchema(schema, in: document, for: .request)
        text = TextReader(extracted)
    }

    /// The value that the texts of one name stand for.
    func read(_ texts: [String]) -> Result<JSONValue, Misfit> {
        if let type = parameter.contentType { return readContent(texts[0], type) }
        if text.isObject { return readObject(texts) }
        if text.isList { return readList(texts) }
        return unmarked(texts[0]).map { text.scalar($0) }
    }

    private func readContent(_ text: String, _ type: String) -> Result<JSONValue, Misfit> {
        guard BodyEncoding(type) == .json else { return .success(.string(text)) }
        guard let value = try? JSONParser.parse(text) else {
            return .failure(Misfit(problem: "\(JSONValue.string(text).shown) is not JSON, as its content type wants"))
        }
        return .success(value)
    }

    // MARK: - Lists

    private func readList(_ texts: [String]) -> Result<JSONValue, Misfit> {
        if parameter.style == .form, parameter.isExploded {
            return texts.count == 1 && Self.isPythonText(texts[0])
                ? .failure(misfit(texts[0])) : .success(text.list(texts))
        }
        guard texts.count == 1 else {
            let problem = "is written \(texts.count) times, once for each item; wanted is one text, such as \(sample)"
            return .failure(Misfit(problem: problem))
        }
        guard !Self.isPythonText(texts[0]) else { return .failure(misfit(texts[0])) }
        return unmarked(texts[0]).map { text.list(Self.split($0, at: separator)) }
    }

    private var separator: Character {
        switch parameter.style {
        case .spaceDelimited: " "
        case .pipeDelimited: "|"
        case .label where parameter.isExploded: "."
        default: ","
        }
    }

    private static func split(_ text: String, at separator: Character) -> [String] {
        text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether a text is how Python shows a list or an object, which Dify writes where it knows no better.
    private static func isPythonText(_ text: String) -> Bool {
        (text.hasPrefix("[") && text.hasSuffix("]")) || (text.hasPrefix("{") && text.hasSuffix("}"))
    }

    // MARK: - Objects

    private func readObject(_ texts: [String]) -> Result<JSONValue, Misfit> {
        guard texts.count == 1, parameter.style != .deepObject, !Self.isPythonText(texts[0]),
            !(parameter.style == .form && parameter.isExploded)
        else { return .failure(misfit(texts[0])) }
        return unmarked(texts[0]).flatMap { content in
            var pieces = Self.split(content, at: separator)
            if parameter.isExploded {
                let pairs = pieces.map { Self.split($0, at: "=") }
                guard pairs.allSatisfy({ $0.count == 2 }) else { return .failure(misfit(texts[0])) }
                pieces = pairs.flatMap(\.self)
            }
            guard pieces.count.isMultiple(of: 2) else { return .failure(misfit(texts[0])) }
            let members = stride(from: 0, to: pieces.count, by: 2).map { place in
                (pieces[place], text.member(pieces[place], pieces[place + 1]))
            }
            return .success(.object(JSONObject(members)))
        }
    }

    /// The members that stand in the query under names of their own.
    func members(in sent: SentRequest) -> JSONObject {
        guard text.isObject else { return [:] }
        var members = JSONObject()
        for (key, value) in sent.query {
            switch parameter.style {
            case .deepObject where key.hasPrefix(parameter.name + "[") && key.hasSuffix("]"):
                let name = String(key.dropFirst(parameter.name.count + 1).dropLast())
                members[name] = text.member(name, value)
            case .form where parameter.isExploded && text.knows(key): members[key] = text.member(key, value)
            default: break
            }
        }
        return members
    }

    // MARK: - Styles

    /// The text without what `label` and `matrix` put before it.
    private func unmarked(_ text: String) -> Result<String, Misfit> {
        let mark =
            switch parameter.style {
            case .label: "."
            case .matrix: ";\(parameter.name)="
            default: ""
            }
        guard text.hasPrefix(mark) else { return .failure(misfit(text)) }
        return .success(String(text.dropFirst(mark.count)))
    }

    private func misfit(_ text: String) -> Misfit {
        Misfit(problem: "arrives as \(JSONValue.string(text).shown); wanted is its style, such as \(sample)")
    }

    /// What a value looks like in the parameter's style.
    private var sample: String {
        let name = parameter.name
        if text.isObject {
            switch (parameter.style, parameter.isExploded) {
            case (.deepObject, _): return "\(name)[key]=value"
            case (.form, true): return "key=value&other=value"
            case (_, true): return "key=value,other=value"
            default: return "key,value,other,value"
            }
        }
        let items = text.isList ? "a\(separator)b" : "a"
        switch parameter.style {
        case .form: return text.isList && parameter.isExploded ? "\(name)=a&\(name)=b" : "\(name)=\(items)"
        case .matrix: return ";\(name)=\(items)"
        case .label: return ".\(items)"
        default: return items
        }
    }
}
