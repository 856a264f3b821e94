import DifyProtocol

/// What Dify does to the inputs of an app before it runs (`BaseAppGenerator._prepare_user_inputs`).
enum AppInputs {
    /// The values of the form's variables, checked and converted. What is not in the form is dropped.
    ///
    /// - Parameter stored: The body with which the upload of a file was answered, by id.
    /// - Throws: ``Refusal`` with Dify's text about the first value that does not fit.
    static func prepare(
        _ inputs: JSONObject, for app: CatalogApp, profile: Profile = .current,
        quirks: Quirk.Treatment = .useful, stored: @escaping (String) -> JSONObject? = { _ in nil }
    ) throws(Refusal) -> JSONObject {
        do {
            let files = InputFiles(stored: stored, findsLocalFiles: quirks == .useful)
            return try prepare(inputs, for: app.inputs, files: files, profile: profile)
        } catch {
            throw error.refusal
        }
    }

    /// The values of the variables, checked and converted, files as the run knows them.
    static func prepare(
        _ inputs: JSONObject, for variables: [AppInput], files: InputFiles, profile: Profile = .current
    ) throws(InputFailure) -> JSONObject {
        var prepared: JSONObject = [:]
        for variable in variables {
            prepared[variable.name] = withoutNulls(
                try variable.prepare(inputs[variable.name] ?? .null, profile))
        }
        // Of several variables with one name the last one's rules count from here on.
        let rules = Dictionary(variables.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        let given = prepared
        for (name, value) in given {
            guard let mapping = value.object, let variable = rules[name], variable.type == .file else { continue }
            let file = try files.build(mapping, allowing: variable.allowedFiles, isStrict: true)
            prepared[name] = .object(file.variable)
        }
        for (name, value) in given {
            guard let mappings = value.array, let variable = rules[name], variable.type == .fileList else { continue }
            let list = try files.build(mappings, allowing: variable.allowedFiles)
            prepared[name] = .array(list.map { .object($0.variable) })
        }
        try checkObjects(prepared, rules, profile)
        return prepared
    }

    private static func withoutNulls(_ value: JSONValue) -> JSONValue {
        guard case .string(let text) = value else { return value }
        return .string(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" })))
    }

    /// Only files and JSON objects may be objects, and only lists of files may hold them.
    private static func checkObjects(
        _ prepared: JSONObject, _ rules: [String: AppInput], _ profile: Profile
    ) throws(InputFailure) {
        let objects = prepared.filter { name, value in
            value.object != nil && rules[name]?.type != .file && rules[name]?.type != .jsonObject
        }
        try refuse(objects.map(\.key), profile)
        let lists = prepared.filter { name, value in
            value.array?.contains { $0.object != nil } == true && rules[name]?.type != .fileList
        }
        try refuse(lists.map(\.key), profile)
    }

    private static func refuse(_ names: [String], _ profile: Profile) throws(InputFailure) {
        guard !names.isEmpty else { return }
        guard profile.has(.namedInvalidInputs) else { throw .value("Invalid input type") }
        throw .value("Invalid input type for \(PythonText.repr(.array(names.map(JSONValue.string))))")
    }
}

extension AppInput {
    /// The value as the app gets it (`_validate_inputs`).
    fileprivate func prepare(_ given: JSONValue, _ profile: Profile) throws(InputFailure) -> JSONValue {
        var value = given
        if value.isNull {
            if required { throw .value("\(name) is required in input form") }
            value = profile.has(.inputDefaults) ? defaultValue : .null
            if value.isNull { return .null }
        }
        switch type {
        case .textInput, .paragraph: try check(length: text(value).unicodeScalars.count, of: "characters")
        case .select: try checkOption(text(value))
        case .number: return try number(value, profile)
        case .file, .fileList:
            // The form's own way to leave a file out.
            if !required, value == "", profile.has(.emptyFileInputs) { return .null }
            try checkFiles(value)
        case .checkbox: return try checkbox(value, profile)
        case .jsonObject: try checkObject(value, profile)
        case .externalDataTool:
            guard !profile.has(.strictInputs) else { throw .unforeseen("this statement should be unreachable.") }
        }
        return value
    }

    private func text(_ value: JSONValue) throws(InputFailure) -> String {
        guard let text = value.string else {
            throw .value("(type '\(type.rawValue)') \(name) in input form must be a string")
        }
        return text
    }

    /// A bound of 0 is none; below a negative one there is nothing.
    private func check(length: Int, of units: String) throws(InputFailure) {
        guard let maxLength, maxLength != 0, length > maxLength else { return }
        throw .value("\(name) in input form must be less than \(maxLength) \(units)")
    }

    private func checkOption(_ text: String) throws(InputFailure) {
        guard !options.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else { return }
        let known = PythonText.repr(.array(options.map(JSONValue.string)))
        throw .value("\(name) in input form must be one of the following: \(known)")
    }

    private func checkObject(_ value: JSONValue, _ profile: Profile) throws(InputFailure) {
        guard profile.has(.objectInputValues) else {
            guard let text = value.string else { throw .value("\(name) in input form must be a string") }
            guard (try? JSONParser.parse(text, dialect: .python)) != nil else {
                throw .value("\(name) in input form must be a valid JSON object")
            }
            return
        }
        if PythonText.isTruthy(value), value.object == nil { throw .value("\(name) in input form must be a dict") }
    }

    private func number(_ value: JSONValue, _ profile: Profile) throws(InputFailure) -> JSONValue {
        switch value {
        case .number, .bool: return value
        case .string(let text):
            if PythonText.strip(text).isEmpty { return .null }
            guard let number = Self.number(from: text) else {
                throw .value("\(name) in input form must be a valid number")
            }
            return .number(number)
        case .null, .array, .object:
            guard profile.has(.strictInputs) else { return value }
            let (type, text) = (PythonText.typeName(value), PythonText.str(value))
            throw .unforeseen("expected value type int, float or str, got <class '\(type)'>, value: \(text)")
        }
    }

    private static func number(from text: String) -> JSONNumber? {
        guard text.contains(".") else { return PythonNumber.integer(from: text) }
        return PythonNumber.float(from: text).map { JSONNumber($0) }
    }

    /// Text and numbers that say neither yes nor no stay as they are.
    private func checkbox(_ value: JSONValue, _ profile: Profile) throws(InputFailure) -> JSONValue {
        guard profile.has(.lenientCheckboxes) else {
            if value.bool == nil { throw .value("\(name) in input form must be a valid boolean value") }
            return value
        }
        return switch value {
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

    private func checkFiles(_ value: JSONValue) throws(InputFailure) {
        guard type == .fileList else {
            if value.object == nil { throw .value("\(name) in input form must be a file") }
            return
        }
        guard let files = value.array, files.allSatisfy({ $0.object != nil }) else {
            throw .value("\(name) in input form must be a list of files")
        }
        try check(length: files.count, of: "files")
    }
}
