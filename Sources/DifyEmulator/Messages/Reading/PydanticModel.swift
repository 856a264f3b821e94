import DifyProtocol

/// How well a value fits a type. Of a union's members pydantic prefers the one that fits better.
enum Exactness: Int, Comparable, Sendable {
    /// After a conversion.
    case lax
    case exact

    static func < (first: Exactness, second: Exactness) -> Bool { first.rawValue < second.rawValue }
}

/// A value that fits a type.
struct Fit: Sendable {
    var value: PythonValue
    var exactness = Exactness.exact
    /// How many fields of models within it were given; nil where there is no model.
    var fieldsSet: Int?
}

/// A model of Dify's: fields in order, and what is checked before they are read.
struct PydanticModel: Sendable {
    struct Field: Sendable {
        let name: String
        let type: PydanticType
        /// What the field holds when it is not given; nil for a field that must be there.
        var standard: JSONValue?
        /// What the model's own code does to the value before it is read.
        var prepare: @Sendable (PythonValue) throws(PythonException) -> PythonValue = { $0 }
    }

    let name: String
    let fields: [Field]
    /// What the model's own code checks before the fields are read.
    var check: @Sendable (PythonObject) throws(PythonException) -> Void = { _ in }

    /// Reads an object. Members that are no fields do not matter.
    ///
    /// - Returns: The fields in the model's order; nil when something was found.
    /// - Throws: ``PythonException/other(_:)``.
    func read(
        _ object: PythonObject, findings: inout [PydanticFinding]
    ) throws(PythonException) -> (fields: [(name: String, value: PythonValue)], fit: Fit)? {
        var found: [PydanticFinding] = []
        guard try admits(object, findings: &found) else {
            findings += found
            return nil
        }
        var read: [(name: String, value: PythonValue)] = []
        var (count, exactness) = (0, Exactness.exact)
        for field in fields {
            guard let given = object[field.name] else {
                if let standard = field.standard {
                    read.append((field.name, .json(standard)))
                } else {
                    found.append(
                        PydanticFinding(
                            path: [field.name], message: "Field required", type: "missing", input: .object(object)))
                }
                continue
            }
            guard let fit = try Self.read(given, as: field, findings: &found) else { continue }
            read.append((field.name, fit.value))
            count += 1 + (fit.fieldsSet ?? 0)
            exactness = min(exactness, fit.exactness)
        }
        findings += found
        guard found.isEmpty else { return nil }
        let dumped = JSONObject(read.map { ($0.name, $0.value.json ?? .null) })
        return (read, Fit(value: .json(.object(dumped)), exactness: exactness, fieldsSet: count))
    }

    private func admits(
        _ object: PythonObject, findings: inout [PydanticFinding]
    ) throws(PythonException) -> Bool {
        do {
            try check(object)
            return true
        } catch .value(let text) {
            findings.append(.valueError(text, .object(object)))
            return false
        } catch { throw error }
    }

    private static func read(
        _ given: PythonValue, as field: Field, findings: inout [PydanticFinding]
    ) throws(PythonException) -> Fit? {
        var found: [PydanticFinding] = []
        var fit: Fit?
        do {
            fit = try field.type.read(try field.prepare(given), findings: &found)
        } catch .value(let text) {
            found.append(.valueError(text, .value(given)))
        } catch { throw error }
        findings += found.map { $0.within(field.name) }
        return fit
    }
}

extension PydanticFinding {
    /// What a model's own code objects to.
    static func valueError(_ text: String, _ input: Input) -> PydanticFinding {
        PydanticFinding(message: "Value error, \(text)", type: "value_error", input: input)
    }

    /// The finding as the reader of the surrounding value tells it.
    func within(_ step: String) -> PydanticFinding {
        var finding = self
        finding.path.insert(step, at: 0)
        return finding
    }
}
