import DifyProtocol

/// The types of fields that Dify's message models use, read by pydantic's rules: what fits loosely is converted.
indirect enum PydanticType: Sendable {
    case string
    case integer
    case float
    case boolean
    case bytes
    case object
    case list
    case any
    /// A member of an enumeration.
    case choice([String])
    /// One of a few texts.
    case literal([String])
    case optional(PydanticType)
    case elements(PydanticType)
    /// An object or a list.
    case objectOrList
    case model(PydanticModel)

    /// - Returns: nil when something was found.
    func read(_ value: PythonValue, findings: inout [PydanticFinding]) throws(PythonException) -> Fit? {
        let fit: Fit?
        switch self {
        case .any: return Fit(value: value)
        case .optional(let type):
            return value == .json(.null) ? Fit(value: value) : try type.read(value, findings: &findings)
        case .elements(let type): return try elements(of: value, type, findings: &findings)
        case .objectOrList: return try objectOrList(value, findings: &findings)
        case .model(let model): return try read(value, model, findings: &findings)
        case .string: fit = value.json?.string.map { _ in Fit(value: value) }
        case .bytes: fit = Self.bytes(value)
        case .object: fit = value.json?.object.map { _ in Fit(value: value) }
        case .list: fit = value.json?.array.map { _ in Fit(value: value) }
        case .choice(let words):
            fit = value.json?.string.flatMap { words.contains($0) ? Fit(value: value, exactness: .lax) : nil }
        case .literal(let words): fit = value.json?.string.flatMap { words.contains($0) ? Fit(value: value) : nil }
        case .integer: fit = PydanticNumber.integer(value)
        case .float: fit = PydanticNumber.float(value)
        case .boolean: fit = PydanticNumber.boolean(value)
        }
        if fit == nil { findings.append(complaint(about: value)) }
        return fit
    }

    /// Bytes as they are, or the UTF-8 of a text.
    private static func bytes(_ value: PythonValue) -> Fit? {
        switch value {
        case .bytes: Fit(value: value)
        case .json(let json): json.string.map { Fit(value: .bytes(Array($0.utf8)), exactness: .lax) }
        }
    }

    private func elements(
        of value: PythonValue, _ type: PydanticType, findings: inout [PydanticFinding]
    ) throws(PythonException) -> Fit? {
        guard let elements = value.json?.array else {
            findings.append(PydanticType.list.complaint(about: value))
            return nil
        }
        var (read, found): ([JSONValue], [PydanticFinding]) = ([], [])
        var result = Fit(value: value)
        for (index, element) in elements.enumerated() {
            var inner: [PydanticFinding] = []
            let fit = try type.read(.json(element), findings: &inner)
            found += inner.map { $0.within("\(index)") }
            guard let fit else { continue }
            read.append(fit.value.json ?? .null)
            result.exactness = min(result.exactness, fit.exactness)
            if let count = fit.fieldsSet { result.fieldsSet = (result.fieldsSet ?? 0) + count }
        }
        findings += found
        result.value = .json(.array(read))
        return found.isEmpty ? result : nil
    }

    private func objectOrList(
        _ value: PythonValue, findings: inout [PydanticFinding]
    ) throws(PythonException) -> Fit? {
        var found: [PydanticFinding] = []
        if let fit = try PydanticType.object.read(value, findings: &found) { return fit }
        if let fit = try PydanticType.list.read(value, findings: &found) { return fit }
        findings += zip(found, ["dict[str,any]", "list[any]"]).map { $0.within($1) }
        return nil
    }

    private func read(
        _ value: PythonValue, _ model: PydanticModel, findings: inout [PydanticFinding]
    ) throws(PythonException) -> Fit? {
        guard let object = value.json?.object else {
            findings.append(complaint(about: value))
            return nil
        }
        return try model.read(PythonObject(object), findings: &findings)?.fit
    }

    /// What pydantic says of a value that does not fit.
    private func complaint(about value: PythonValue) -> PydanticFinding {
        let (message, type) =
            switch self {
            case .integer: PydanticNumber.integerComplaint(about: value)
            case .float: PydanticNumber.floatComplaint(about: value)
            case .boolean: PydanticNumber.booleanComplaint(about: value)
            case .bytes: ("Input should be a valid bytes", "bytes_type")
            case .object: ("Input should be a valid dictionary", "dict_type")
            case .list, .elements, .objectOrList: ("Input should be a valid list", "list_type")
            case .choice(let words): ("Input should be \(Self.alternatives(words))", "enum")
            case .literal(let words): ("Input should be \(Self.alternatives(words))", "literal_error")
            case .model(let model):
                ("Input should be a valid dictionary or instance of \(model.name)", "model_type")
            case .string, .any, .optional: ("Input should be a valid string", "string_type")
            }
        return PydanticFinding(message: message, type: type, input: .value(value))
    }

    /// `'a', 'b' or 'c'`.
    private static func alternatives(_ words: [String]) -> String {
        let quoted = words.map { "'\($0)'" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
        return quoted.dropLast().joined(separator: ", ") + " or " + last
    }
}
