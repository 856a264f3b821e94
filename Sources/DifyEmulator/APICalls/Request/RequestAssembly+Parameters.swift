import DifyOpenAPI
import DifyProtocol

extension RequestAssembly {
    /// Sends each parameter of the operation where the document says. Parameters of the path item are none of its own.
    mutating func placeParameters() {
        for (index, entry) in (operation.bundle.operation["parameters"]?.array ?? []).enumerated() {
            attempt { assembly throws(StreamError) in try assembly.place(entry, at: index) }
        }
    }

    private mutating func place(_ entry: JSONValue, at index: Int) throws(StreamError) {
        let name = PythonText.str(try entry.pythonItem("name"))
        let pointer = "/parameters/\(index)"
        guard let value = try value(of: entry, named: name) else {
            let place = entry["in"]?.string.flatMap(APIPlacement.Place.init) ?? .nowhere
            add(name, place, sent: nil, ["it is required and missing, so the call fails"], pointer)
            throw .missing(name)
        }
        let isAbsent = arguments[name] == nil
        let remark = isAbsent ? PlacementRemark.absent(entry) : nil
        switch try entry.pythonItem("in") {
        case "path":
            let text = PythonText.str(value)
            pathValues[name] = .string(text)
            let remarks = [remark, PlacementRemark.path(name, text, in: operation.bundle.serverURL)]
            add(name, .path, sent: ClientURL.writtenPath(text), remarks, pointer)
        case "query":
            if value != "" { draft.query[name] = value }
            let remarks = [remark, isAbsent ? nil : PlacementRemark.query(value)]
            add(name, .query, sent: Self.formText(name, value), remarks, pointer)
        case "header":
            let text = PythonText.str(value)
            let remarks = [
                remark, name == keyHeader ? "it replaces the API key" : nil, PlacementRemark.header(name, text),
                name == "Content-Type" ? contentTypeRemark(text) : nil,
            ]
            draft.headers[name] = profile.has(.headersAsText) ? .string(text) : value
            add(name, .header, sent: text, remarks, pointer)
        case "cookie":
            draft.cookies[name] = value
            let sent = value.isNull ? name : value.string.map { "\(name)=\($0)" }
            add(name, .cookie, sent: sent, [remark, PlacementRemark.cookie(value)], pointer)
        case let place:
            let shown = place.string ?? place.description
            add(name, .nowhere, sent: nil, ["Dify sends no parameters in \(shown)"], pointer)
        }
    }

    /// The argument, else the default of the entry's own schema, which may be a list or an object; nil for a required
    /// one that is missing.
    private func value(of entry: JSONValue, named name: String) throws(StreamError) -> JSONValue? {
        if let argument = arguments[name] { return argument }
        guard !PythonText.isTruthy(try entry.pythonGet("required") ?? false) else { return nil }
        let schema = try entry.pythonGet("schema") ?? .null
        return PythonText.isTruthy(schema) ? try schema.pythonGet("default") ?? "" : ""
    }

    /// What becomes of a header parameter `Content-Type`, written so.
    private func contentTypeRemark(_ text: String) -> String? {
        if operation.bundle.operation["requestBody"]?["content"] != nil {
            return "the body's own content type takes its place"
        }
        return text == "application/json" ? "an empty JSON object is sent as the body" : nil
    }

    /// Notes the arguments that nothing declares. To these belong the parameters of a path item, which Dify ignores.
    mutating func passUnknownArguments() {
        let declared = Set(placements.map(\.name))
        for name in given.keys where !declared.contains(name) {
            let isPlaceholder = PlacementRemark.hasPlaceholder(name, in: operation.bundle.serverURL)
            let remark =
                isPlaceholder
                ? "the operation does not declare it; {\(name)} stays in the address" : "nothing declares it"
            add(name, .nowhere, sent: nil, [remark], "")
        }
    }

    /// Notes where a value goes.
    mutating func add(
        _ name: String, _ place: APIPlacement.Place, sent: String?, _ remarks: [String?], _ pointer: String
    ) {
        let (given, cast) = (given[name], arguments[name])
        let isDefault = given == nil && cast != nil
        let types = operation.bundle.parameters.filter { $0.name == name }.map(\.type)
        let all =
            [
                isDefault ? "it is required and not given, so its default is sent" : nil,
                PlacementRemark.cast(from: given, to: cast), PlacementRemark.declared(types),
            ] + remarks
        let remark = all.compactMap(\.self).joined(separator: "; ")
        placements.append(
            APIPlacement(
                name: name, place: place, given: given, cast: isDefault ? nil : cast, sent: sent,
                remark: remark.isEmpty ? nil : remark, pointer: pointer))
    }

    /// `name=value` as Dify's client writes it, once for each element of a list; nil when nothing is written.
    static func formText(_ name: String, _ value: JSONValue) -> String? {
        guard value != "" else { return nil }
        let text = ClientForm.encode([name: value])
        return text.isEmpty ? nil : text
    }
}
