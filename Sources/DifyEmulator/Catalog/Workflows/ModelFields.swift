import DifyProtocol

/// Reads the members of a mapping as pydantic reads a model's fields: with its conversions, noting all that is wrong.
struct ModelFields {
    private let object: JSONObject
    private(set) var report: PydanticReport

    /// - Throws: ``PydanticReport`` for a value that is no mapping.
    init(_ value: JSONValue, model: String) throws(PydanticReport) {
        report = PydanticReport(model: model)
        guard let object = value.object else {
            let message = "Input should be a valid dictionary or instance of \(model)"
            report.findings.append(.init(at: [], message, type: "model_type", input: value))
            throw report
        }
        self.object = object
    }

    /// Ends the reading.
    ///
    /// - Throws: ``PydanticReport`` when something was wrong.
    func finish() throws(PydanticReport) {
        if !report.findings.isEmpty { throw report }
    }

    /// A member as it stands; nil when absent.
    subscript(name: String) -> JSONValue? { object[name] }

    /// A text that must be there.
    mutating func text(_ name: String) -> String {
        guard let value = object[name] else {
            missing(name)
            return ""
        }
        return text(value, at: [name])
    }

    /// A text that may be absent; nothing (null, "", 0, …) counts as an empty one.
    mutating func description(_ name: String) -> String {
        guard let value = object[name], PythonText.isTruthy(value) else { return "" }
        return text(value, at: [name])
    }

    /// One word of a set.
    ///
    /// - Parameter normal: The spelling by which a text is compared.
    mutating func word<Word: RawRepresentable<String>>(
        _ name: String, of words: [Word], normal: (String) -> String = { $0 }
    ) -> Word? {
        guard let value = object[name] else {
            missing(name)
            return nil
        }
        return word(value.string.map { .string(normal($0)) } ?? value, at: [name], of: words)
    }

    /// A truth value, in any of pydantic's spellings.
    mutating func flag(_ name: String) -> Bool {
        guard let value = object[name] else { return false }
        switch value {
        case .bool(let flag): return flag
        case .number(let number) where number.double == 0 || number.double == 1: return number.double == 1
        case .string(let text) where ["1", "true", "t", "yes", "y", "on"].contains(text.lowercased()): return true
        case .string(let text) where ["0", "false", "f", "no", "n", "off"].contains(text.lowercased()): return false
        case .string: note([name], Self.noTruth, type: "bool_parsing", value)
        case .number(let number) where number.double == number.double.rounded():
            note([name], Self.noTruth, type: "bool_parsing", value)
        case .number, .null, .array, .object:
            note([name], "Input should be a valid boolean", type: "bool_type", value)
        }
        return false
    }

    private static let noTruth = "Input should be a valid boolean, unable to interpret input"

    /// A whole number; nil when absent or null.
    mutating func integer(_ name: String) -> Int? {
        switch object[name] ?? .null {
        case .null: return nil
        case .bool(let flag): return flag ? 1 : 0
        case .number(let number) where number.double == number.double.rounded():
            return number.integer ?? Int(exactly: number.double) ?? Int.max
        case .number(let number):
            let message = "Input should be a valid integer, got a number with a fractional part"
            note([name], message, type: "int_from_float", .number(number))
        case .string(let text):
            if let number = text.wholeNumber { return number.integer ?? Int.max }
            let message = "Input should be a valid integer, unable to parse string as an integer"
            note([name], message, type: "int_parsing", .string(text))
        case let value: note([name], "Input should be a valid integer", type: "int_type", value)
        }
        return nil
    }

    /// A list of texts; nil when absent.
    mutating func texts(_ name: String) -> [String]? {
        list(name) { fields, value, place in fields.text(value, at: place) }
    }

    /// Checks a list of texts that must not be null.
    mutating func requireTexts(_ name: String) {
        guard let value = object[name], value.isNull else {
            _ = texts(name)
            return
        }
        note([name], "Input should be an instance of Sequence", type: "is_instance_of", value)
    }

    /// A list of words; nil when absent.
    mutating func words<Word: RawRepresentable<String>>(_ name: String, of words: [Word]) -> [Word]? {
        list(name) { fields, value, place in
            fields.word(value, at: place, of: words)
        }
    }

    /// Notes a member's absence.
    mutating func missing(_ name: String) {
        note([name], "Field required", type: "missing", .object(object))
    }

    mutating func note(_ place: [String], _ message: String, type: String, _ input: JSONValue) {
        report.findings.append(.init(at: place, message, type: type, input: input))
    }

    // MARK: - Values

    private mutating func text(_ value: JSONValue, at place: [String]) -> String {
        if let text = value.string { return text }
        note(place, "Input should be a valid string", type: "string_type", value)
        return ""
    }

    private mutating func word<Word: RawRepresentable<String>>(
        _ value: JSONValue, at place: [String], of words: [Word]
    ) -> Word? {
        if let word = value.string.flatMap(Word.init(rawValue:)) { return word }
        let quoted = words.map { "'\($0.rawValue)'" }
        let listed = quoted.dropLast().joined(separator: ", ") + " or " + (quoted.last ?? "")
        note(place, "Input should be \(listed)", type: "enum", value)
        return nil
    }

    private mutating func list<Element>(
        _ name: String, element: (inout ModelFields, JSONValue, [String]) -> Element?
    ) -> [Element]? {
        switch object[name] ?? .null {
        case .null: return nil
        case .array(let elements):
            var read: [Element] = []
            for (index, value) in elements.enumerated() {
                if let element = element(&self, value, [name, "\(index)"]) { read.append(element) }
            }
            return read
        case .string(let text):
            let message = "'str' instances are not allowed as a Sequence value"
            note([name], message, type: "sequence_str", .string(text))
        case let value: note([name], "Input should be an instance of Sequence", type: "is_instance_of", value)
        }
        return nil
    }
}

extension String {
    /// The whole number that the text is to pydantic, which overlooks a fraction of nothing but zeros.
    fileprivate var wholeNumber: JSONNumber? {
        guard let match = PythonText.strip(self).wholeMatch(of: /([-+]?[0-9_]+)(?:\.0+)?/) else { return nil }
        return PythonNumber.integer(from: String(match.1))
    }
}
