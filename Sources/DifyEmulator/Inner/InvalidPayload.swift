import DifyProtocol

/// A request of the inner API that one of Dify's models refuses to read.
struct InvalidPayload: Error {
    /// What pydantic says, or the exception of the model's own code.
    let text: String

    init(_ exception: PythonException) {
        switch exception {
        case .value(let text), .other(let text): self.text = text
        }
    }

    init(_ findings: [PydanticFinding], model: String) { text = PydanticFinding.text(findings, model: model) }
}

extension PydanticModel {
    /// The fields of a request in the model's order, defaults filled in.
    func fields(of value: JSONValue) throws(InvalidPayload) -> JSONObject {
        try Self.fields(of: value, model: name) { (object, findings) throws(PythonException) in
            try members(of: object, findings: &findings)
        }
    }

    /// The fields of an object that is read in several steps.
    static func fields(
        of value: JSONValue, model: String,
        _ read: (PythonObject, inout [PydanticFinding]) throws(PythonException) -> JSONObject
    ) throws(InvalidPayload) -> JSONObject {
        guard let object = value.object else {
            let finding = PydanticFinding(
                message: "Input should be a valid dictionary or instance of \(model)", type: "model_type",
                input: .value(.json(value)))
            throw InvalidPayload([finding], model: model)
        }
        var findings: [PydanticFinding] = []
        let fields: JSONObject
        do {
            fields = try read(PythonObject(object), &findings)
        } catch {
            throw InvalidPayload(error)
        }
        guard findings.isEmpty else { throw InvalidPayload(findings, model: model) }
        return fields
    }

    /// The fields of an object; without those in which something was found.
    func members(of object: PythonObject, findings: inout [PydanticFinding]) throws(PythonException) -> JSONObject {
        let read = try read(object, findings: &findings)?.fields ?? []
        return JSONObject(read.map { ($0.name, $0.value.json ?? .null) })
    }
}

extension PydanticModel.Field {
    /// A field that must be there.
    static func required(_ name: String, _ type: PydanticType) -> Self { Self(name: name, type: type) }

    /// A field that need not be there.
    static func optional(_ name: String, _ type: PydanticType, standard: JSONValue) -> Self {
        Self(name: name, type: type, standard: standard)
    }
}
