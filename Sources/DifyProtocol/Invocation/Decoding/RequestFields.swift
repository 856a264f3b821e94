/// Reads one of the daemon's Go structs out of a JSON object and notes what its decoder and its validator refuse.
///
/// Read the fields in the struct's own order: the validator complains in that order.
struct RequestFields {
    private let object: JSONObject
    /// The object as the decoder names it: `model`, `tools[0]`; empty for the request itself.
    private let place: String
    /// The struct as the validator names it: `InvokeLLMRequest.InvokeLLMSchema`.
    private let path: String
    private let findings: RequestFindings

    /// Reads a request into the value that `read` makes of its fields.
    ///
    /// - Parameter structName: The Go struct of the request.
    /// - Throws: ``InvalidRequest`` with the daemon's own text: its decoder's, or else its validator's.
    static func decode<Value>(
        _ request: JSONObject, as structName: String, _ read: (RequestFields) -> Value
    ) throws(InvalidRequest) -> Value {
        let findings = RequestFindings()
        let value = read(RequestFields(object: request, place: "", path: structName, findings: findings))
        try findings.check()
        return value
    }

    /// A text, with the Go field's name when the validator has rules for it. `type` is the field's Go type.
    func text(_ key: String, as field: String = "", _ rules: FieldRule..., type: String = "string") -> String {
        let text = member(key).text(as: type)
        // The validator leaves a field at the first rule that it breaks.
        if let broken = rules.first(where: { !$0.accepts(text) }) { refuse(field, tag: broken.tag) }
        return text
    }

    /// A truth value.
    func flag(_ key: String) -> Bool { member(key).flag() }

    /// A whole number.
    func integer(_ key: String) -> Int { member(key).integer() }

    /// A number with a fraction.
    func number(_ key: String) -> Double { member(key).number() }

    /// A list of texts.
    func texts(_ key: String, as field: String = "", isRequired: Bool = false) -> [String] {
        elements(key, as: field, isRequired: isRequired).map { $0.text() }
    }

    /// An object of any form; nil when there is none.
    func object(_ key: String, as field: String = "", isRequired: Bool = false) -> JSONObject? {
        let object = member(key).object()
        if isRequired, object == nil { refuse(field, tag: "required") }
        return object
    }

    /// Any value, which the daemon passes on unseen.
    func untyped(_ key: String) -> JSONValue { value(key) ?? .null }

    /// Checks a member that the decoder takes for a slice of bytes.
    func checkBytes(_ key: String) {
        for element in member(key).elements() ?? [] { _ = element.number(as: "uint8") }
    }

    /// Notes that the validator refuses a field.
    func refuse(_ field: String, tag: String) {
        findings.add(InvalidRequest.Failure(path: "\(path).\(field)", field: field, tag: tag))
    }

    private func elements(_ key: String, as field: String, isRequired: Bool) -> [RequestValue] {
        let elements = member(key).elements()
        if isRequired, elements == nil { refuse(field, tag: "required") }
        return elements ?? []
    }

    private func member(_ key: String) -> RequestValue {
        RequestValue(value(key), name: place.isEmpty ? key : "\(place).\(key)", findings: findings)
    }

    /// The member with this key, or else one whose key differs in case only. The decoder takes any such one; here it
    /// is the first, so that the answer is always the same.
    private func value(_ key: String) -> JSONValue? {
        if let value = object[key] { return value }
        return object.first { $0.key.utf8.count == key.utf8.count && $0.key.lowercased() == key }?.value
    }
}

extension RequestFields {
    /// The fields of an embedded struct: members of the same object, under the struct's name for the validator.
    func embedded(_ structName: String) -> RequestFields {
        RequestFields(object: object, place: place, path: "\(path).\(structName)", findings: findings)
    }

    /// The fields of a nested struct. Go has one even when the object is missing, and validates its empty fields.
    func nested(_ key: String, as field: String) -> RequestFields { fields(of: member(key), as: field) }

    /// The fields of a struct behind a pointer; nil when the object is missing.
    func optional(_ key: String, as field: String) -> RequestFields? {
        member(key).object() == nil ? nil : fields(of: member(key), as: field)
    }

    /// A list of structs.
    func list<Element>(
        _ key: String, as field: String, isRequired: Bool = false, _ read: (RequestFields) -> Element
    ) -> [Element] {
        elements(key, as: field, isRequired: isRequired).enumerated().map { index, element in
            read(fields(of: element, as: "\(field)[\(index)]"))
        }
    }

    private func fields(of value: RequestValue, as field: String) -> RequestFields {
        RequestFields(object: value.object() ?? [:], place: value.name, path: "\(path).\(field)", findings: findings)
    }
}
