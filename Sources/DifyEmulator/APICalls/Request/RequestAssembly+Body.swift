import DifyOpenAPI
import DifyProtocol

extension RequestAssembly {
    /// Fills the body by the first content type; the others only count when an operation is imported.
    mutating func placeBody() {
        attempt { assembly throws(StreamError) in
            guard let body = assembly.operation.bundle.operation["requestBody"], !body.isNull,
                try body.pythonContains("content")
            else { return }
            let types = try body.pythonItem("content").pythonItems()
            let pointer = "/requestBody/content"
            for (position, (type, media)) in types.enumerated() {
                let place = pointer.appendingPointer(type)
                if position == 0 {
                    try assembly.place(media, type: type, at: place)
                } else {
                    assembly.pass(media, instead: types.keys.first ?? "", at: place)
                }
            }
        }
    }

    private mutating func place(_ media: JSONValue, type: String, at pointer: String) throws(StreamError) {
        draft.headers["Content-Type"] = .string(type)
        let schema = try resolved(media.pythonItem("schema"))
        let required = try schema.pythonGet("required") ?? []
        for (name, property) in try (schema.pythonGet("properties") ?? [:]).pythonItems() {
            let place = "\(pointer)/schema/properties".appendingPointer(name)
            attempt { assembly throws(StreamError) in
                try assembly.place(name, property, required: required, type: type, at: place)
            }
        }
    }

    /// A reference that the import left in place is looked for by its last piece within the operation itself, where
    /// there are no components as a rule.
    private func resolved(_ schema: JSONValue) throws(StreamError) -> JSONValue {
        guard try schema.pythonContains("$ref") else { return schema }
        let reference = try schema.pythonItem("$ref")
        guard let text = reference.string else { throw reference.missingAttribute("split") }
        let name =
            text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? text.utf8[...]
        let schemas = operation.bundle.operation["components"]?["schemas"]
        return schemas?[String(decoding: name, as: UTF8.self)] ?? schema
    }

    private mutating func place(
        _ name: String, _ property: JSONValue, required: JSONValue, type: String, at pointer: String
    ) throws(StreamError) {
        guard let value = arguments[name] else {
            guard !(try required.pythonContains(name)) else {
                add(name, .body, sent: nil, ["it is required and missing, so the call fails"], pointer)
                throw .missing("\(name) in operation \(operation.bundle.operationID ?? "None")")
            }
            if try property.pythonContains("default") {
                let remark = "it is not given, so the property's default is sent as the document writes it"
                return put(name, try property.pythonItem("default"), [remark], type: type, at: pointer)
            }
            guard profile.has(.optionalFieldsOmitted) else {
                return put(name, .null, ["it is not given, and null is sent for it"], type: type, at: pointer)
            }
            return add(name, .body, sent: nil, ["it is not given and left out"], pointer)
        }
        if let files = try files(in: value, of: property) {
            // An empty list of files is the only one that can travel: it sends nothing.
            guard let file = files.first else { return add(name, .body, sent: nil, ["no file is sent"], pointer) }
            let remark = "a file cannot travel in a reverse call, so the call fails"
            add(name, .body, sent: nil, [remark], pointer)
            throw file.missingAttribute("filename")
        }
        guard try !property.pythonContains("$ref") else {
            return put(name, value, [PlacementRemark.reference(given[name], value)], type: type, at: pointer)
        }
        do throws(StreamError) {
            let converted = try PropertyConversion.converted(value, by: property)
            let remark = PlacementRemark.conversion(of: given[name], value, to: converted, by: property)
            put(name, converted, [remark], type: type, at: pointer)
        } catch {
            let remark = "\(PythonText.repr(value)) cannot be converted to the property's type, so the call fails"
            add(name, .body, sent: nil, [remark], pointer)
            throw error
        }
    }

    /// The files that a property takes; nil when it takes none.
    private func files(in value: JSONValue, of property: JSONValue) throws(StreamError) -> [JSONValue]? {
        if profile.has(.filesType), try property.pythonGet("type") == "array",
            try (property.pythonGet("items") ?? [:]).pythonGet("format") == "binary"
        {
            return try value.pythonElements()
        }
        return try property.pythonGet("format") == "binary" ? [value] : nil
    }

    private mutating func put(
        _ name: String, _ value: JSONValue, _ remarks: [String?], type: String, at pointer: String
    ) {
        if case .form(var fields) = draft.body {
            fields[name] = value
            draft.body = .form(fields)
        }
        let sent: String?
        switch type {
        case "application/json": sent = PythonConversion.json(value)
        case "application/x-www-form-urlencoded": sent = QueryText.encode([(name, PythonText.str(value))])
        default:
            let text = ClientForm.encode([name: value])
            sent = text.isEmpty ? nil : text
        }
        add(name, .body, sent: sent, remarks, pointer)
    }

    /// Notes that the properties of a further content type go nowhere.
    private mutating func pass(_ media: JSONValue, instead type: String, at pointer: String) {
        for (name, _) in media["schema"]?["properties"]?.object ?? [:] {
            let place = "\(pointer)/schema/properties".appendingPointer(name)
            add(name, .nowhere, sent: nil, ["only the first content type, \(type), is sent"], place)
        }
    }
}
