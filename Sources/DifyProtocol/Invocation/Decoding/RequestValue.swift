/// A JSON value on its way into a Go variable, by the rules of mapstructure 1.5.0.
///
/// `null` and a missing key leave the variable at its zero value. Only numbers are converted, into one another.
struct RequestValue {
    /// The value; nil for `null` and a missing key.
    private let value: JSONValue?
    /// The variable as the decoder names it: `texts`, `tools[0].name`.
    let name: String
    private let findings: RequestFindings

    init(_ value: JSONValue?, name: String, findings: RequestFindings) {
        self.value = value?.isNull == true ? nil : value
        self.name = name
        self.findings = findings
    }

    /// A text. `type` is Go's name of the variable's type, which the error shows.
    func text(as type: String = "string") -> String {
        guard let value else { return "" }
        if case .string(let text) = value { return text }
        refuse(value, as: type)
        return ""
    }

    /// A truth value.
    func flag() -> Bool {
        guard let value else { return false }
        if case .bool(let flag) = value { return flag }
        refuse(value, as: "bool")
        return false
    }

    /// A `float64`, or another number whose Go type is given.
    func number(as type: String = "float64") -> Double {
        guard let value else { return 0 }
        if case .number(let number) = value { return number.double }
        refuse(value, as: type)
        return 0
    }

    /// An `int`: the fraction is cut off, and what does not fit becomes the smallest number, as on x86.
    func integer() -> Int {
        let number = number(as: "int")
        return number.magnitude < 0x1p63 ? Int(number) : .min
    }

    /// A map or struct; nil when there is none.
    func object() -> JSONObject? {
        guard let value else { return nil }
        if case .object(let object) = value { return object }
        findings.add(decodingError: "'\(name)' expected a map, got '\(GoText.kindName(value))'")
        return nil
    }

    /// The elements of a slice; nil when there is none, which Go tells from an empty one.
    func elements() -> [RequestValue]? {
        guard let value else { return nil }
        if case .array(let elements) = value {
            return elements.enumerated().map { RequestValue($1, name: "\(name)[\($0)]", findings: findings) }
        }
        findings.add(
            decodingError: "'\(name)': source data must be an array or slice, got \(GoText.kindName(value))")
        return nil
    }

    private func refuse(_ value: JSONValue, as type: String) {
        findings.add(
            decodingError: "'\(name)' expected type '\(type)', got unconvertible type '\(GoText.typeName(value))', "
                + "value: '\(GoText.plain(value))'")
    }
}
