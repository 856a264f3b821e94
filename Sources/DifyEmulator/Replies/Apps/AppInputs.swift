import DifyProtocol

/// What Dify does to the inputs of an app before it runs (`BaseAppGenerator._prepare_user_inputs`).
enum AppInputs {
    /// The values of the form's variables, checked and converted. What is not in the form is dropped.
    ///
    /// - Parameter stored: The body with which the upload of a file was answered, by id.
    /// - Throws: ``Refusal`` with Dify's text about the first value that does not fit.
    static func prepare(
        _ inputs: JSONObject, for app: CatalogApp,
        quirks: Quirk.Treatment = .useful, stored: @escaping (String) -> JSONObject? = { _ in nil }
    ) throws(Refusal) -> JSONObject {
        var prepared: JSONObject = [:]
        for input in app.inputs {
            let value = try input.prepare(inputs[input.name] ?? .null)
            prepared[input.name] = withoutNulls(value)
        }
        let files = InputFiles(stored: stored, findsLocalFiles: quirks == .useful)
        for input in app.inputs {
            switch (input.type, prepared[input.name]) {
            case (.file, .object(let mapping)?): prepared[input.name] = .object(try files.build(mapping))
            case (.fileList, .array(let mappings)?): prepared[input.name] = .array(try files.build(mappings))
            default: break
            }
        }
        try checkObjects(prepared, of: app.inputs)
        return prepared
    }

    private static func withoutNulls(_ value: JSONValue) -> JSONValue {
        guard case .string(let text) = value else { return value }
        return .string(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" })))
    }

    /// Only files and JSON objects may be objects, and only lists of files may hold them.
    private static func checkObjects(_ prepared: JSONObject, of inputs: [AppInput]) throws(Refusal) {
        let objects = inputs.filter { prepared[$0.name]?.object != nil && $0.type != .file && $0.type != .jsonObject }
        try refuse(objects)
        let lists = inputs.filter { input in
            input.type != .fileList && prepared[input.name]?.array?.contains { $0.object != nil } == true
        }
        try refuse(lists)
    }

    private static func refuse(_ inputs: [AppInput]) throws(Refusal) {
        guard !inputs.isEmpty else { return }
        let names = PythonText.repr(.array(inputs.map { .string($0.name) }))
        throw .invalidParameter("Invalid input type for \(names)")
    }
}

extension AppInput {
    /// The value as the app gets it (`_validate_inputs`).
    fileprivate func prepare(_ given: JSONValue) throws(Refusal) -> JSONValue {
        var value = given
        if value.isNull {
            if required { throw .invalidParameter("\(name) is required in input form") }
            value = defaultValue
            if value.isNull { return .null }
        }
        switch type {
        case .textInput, .paragraph: try check(length: text(value).unicodeScalars.count, of: "characters")
        case .select: try checkOption(text(value))
        case .number: return try number(value)
        case .file, .fileList:
            // The form's own way to leave a file out.
            if !required, value == "" { return .null }
            try checkFiles(value)
        case .checkbox: return checkbox(value)
        case .jsonObject:
            if PythonText.isTruthy(value), value.object == nil {
                throw .invalidParameter("\(name) in input form must be a dict")
            }
        }
        return value
    }

    private func text(_ value: JSONValue) throws(Refusal) -> String {
        guard let text = value.string else {
            throw .invalidParameter("(type '\(type.rawValue)') \(name) in input form must be a string")
        }
        return text
    }

    private func check(length: Int, of units: String) throws(Refusal) {
        guard let maxLength, maxLength > 0, length > maxLength else { return }
        throw .invalidParameter("\(name) in input form must be less than \(maxLength) \(units)")
    }

    private func checkOption(_ text: String) throws(Refusal) {
        guard !options.contains(text) else { return }
        let known = PythonText.repr(.array(options.map(JSONValue.string)))
        throw .invalidParameter("\(name) in input form must be one of the following: \(known)")
    }

    private func number(_ value: JSONValue) throws(Refusal) -> JSONValue {
        switch value {
        case .number, .bool: return value
        case .string(let text):
            if PythonText.strip(text).isEmpty { return .null }
            guard let number = Self.number(from: text) else {
                throw .invalidParameter("\(name) in input form must be a valid number")
            }
            return .number(number)
        // A `TypeError`, which Dify does not foresee.
        case .null, .array, .object: throw .internalServerError
        }
    }

    private static func number(from text: String) -> JSONNumber? {
        guard text.contains(".") else { return PythonNumber.integer(from: text) }
        return PythonNumber.float(from: text).map { JSONNumber($0) }
    }

    /// Text and numbers that say neither yes nor no stay as they are.
    private func checkbox(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text):
            switch PythonText.strip(text).lowercased() {
            case "true", "1", "yes", "on": true
            case "false", "0", "no", "off": false
            default: value
            }
        case .number(let number) where number.double == 1: true
        case .number(let number) where number.double == 0: false
        default: value
        }
    }

    private func checkFiles(_ value: JSONValue) throws(Refusal) {
        guard type == .fileList else {
            if value.object == nil { throw .invalidParameter("\(name) in input form must be a file") }
            return
        }
        guard let files = value.array, files.allSatisfy({ $0.object != nil }) else {
            throw .invalidParameter("\(name) in input form must be a list of files")
        }
        try check(length: files.count, of: "files")
    }
}
