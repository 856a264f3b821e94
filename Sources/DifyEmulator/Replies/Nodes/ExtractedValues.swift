import DifyProtocol

/// What Dify's parameter extractor makes of the values that its model found (`ParameterExtractorNode`): it tells the
/// first mistake, and uses each value that it can use all the same.
struct ExtractedValues {
    /// Why the extraction counts as failed; nil when it succeeded.
    let reason: String?
    /// Each parameter with its value, or with the zero of its type.
    let outputs: JSONObject

    /// - Parameter found: The arguments of the model's function call; nil when it called none.
    init(_ parameters: [ExtractedParameter], found: JSONObject?) {
        let values = found ?? Self.defaults(of: parameters)
        reason = Self.mistake(in: values, for: parameters) ?? (found == nil ? Self.nothingFound : nil)
        outputs = JSONObject(
            parameters.map { parameter in
                let type = parameter.segmentType
                return (parameter.name, values[parameter.name].flatMap { Self.usable($0, as: type) } ?? type.zero)
            })
    }

    private static let nothingFound =
        "Failed to extract result from function call or text response, using empty result."

    /// What Dify checks when the model found nothing. Arrays are missing there, so that their number is wrong and
    /// the reason another one.
    private static func defaults(of parameters: [ExtractedParameter]) -> JSONObject {
        JSONObject(
            parameters.filter { $0.segmentType.element == nil }.map { ($0.name, $0.segmentType.zero) })
    }

    /// The first mistake in Dify's words. A parameter that need not be there counts as well: all must be found.
    private static func mistake(in values: JSONObject, for parameters: [ExtractedParameter]) -> String? {
        guard values.count == parameters.count else { return "Invalid number of parameters" }
        for parameter in parameters {
            let (name, type) = (parameter.name, parameter.segmentType)
            if parameter.required, values[name] == nil { return "Parameter \(name) is required" }
            let value = values[name] ?? .null
            guard type.holds(value) else {
                return "Invalid value for parameter \(name), expected segment type: \(type.rawValue), "
                    + "actual_type: \(SegmentType.inferredName(of: value)), "
                    + "python_type: <class '\(PythonText.typeName(value))'>, value: \(PythonText.str(value))"
            }
            if type == .string, !parameter.options.isEmpty, !parameter.hasOption(value) {
                return "Invalid `select` value for parameter \(name)"
            }
        }
        return nil
    }

    // MARK: - Conversion

    /// The value as the type needs it; nil when it cannot be used.
    private static func usable(_ value: JSONValue, as type: SegmentType) -> JSONValue? {
        switch type {
        case .string: value.string.map(JSONValue.string)
        case .number: number(value)
        case .boolean: truth(value)
        case .object: value.object.map(JSONValue.object)
        case .arrayString, .arrayNumber, .arrayObject, .arrayBoolean:
            value.array.map { elements in
                .array(elements.compactMap { element in type.element.flatMap { usable(element, inArrayOf: $0) } })
            }
        }
    }

    /// In an array a number is no truth value, other than by itself.
    private static func usable(_ value: JSONValue, inArrayOf type: SegmentType) -> JSONValue? {
        type == .boolean ? value.bool.map(JSONValue.bool) : usable(value, as: type)
    }

    private static func number(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .bool(let flag): flag ? 1 : 0
        case .number: value
        case .string(let text) where text.contains("."):
            PythonNumber.float(from: text).map { .number(JSONNumber($0)) }
        case .string(let text): PythonNumber.integer(from: text).map(JSONValue.number)
        case .null, .array, .object: nil
        }
    }

    private static func truth(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .bool: value
        case .number(let number) where number.isInteger: .bool(number.double != 0)
        case .null, .number, .string, .array, .object: nil
        }
    }
}

extension ExtractedParameter {
    /// Whether a value is one of the options, to the letter.
    fileprivate func hasOption(_ value: JSONValue) -> Bool {
        guard let text = value.string else { return false }
        return options.contains { $0.utf8.elementsEqual(text.utf8) }
    }
}
