import DifyProtocol

/// What a request of the console holds, read by pydantic's rules
/// (the payload models of `api/controllers/console/workspace/tool_providers.py`, Dify 1.14.2).
struct ConsolePayload: Sendable {
    private let model: PydanticModel
    /// What is checked of single fields beside their types.
    var further: @Sendable (JSONObject) -> [PydanticFinding] = { _ in [] }
    /// What the model checks once all fields are read; the text of what is wrong.
    var complaint: @Sendable (JSONObject) -> String? = { _ in nil }

    init(_ name: String, _ fields: [PydanticModel.Field]) { model = PydanticModel(name: name, fields: fields) }

    /// Reads a request's JSON or its query.
    ///
    /// - Returns: The whole object, with what the model does not know.
    /// - Throws: ``Refusal`` with pydantic's text.
    func read(_ value: JSONValue) throws(Refusal) -> JSONObject {
        // The controllers take what is falsy for an empty payload.
        let value = PythonText.isTruthy(value) ? value : [:]
        do {
            _ = try PydanticModel.fields(of: value, model: model.name) {
                (object, findings) throws(PythonException) in
                let fields = try model.members(of: object, findings: &findings)
                findings = inOrder(findings + further(object.members))
                if findings.isEmpty, let complaint = complaint(object.members) {
                    findings.append(.valueError(complaint, .object(object)))
                }
                return fields
            }
        } catch {
            throw .invalidParameter(error.text)
        }
        return value.object ?? [:]
    }

    /// Findings in the order of the fields.
    private func inOrder(_ findings: [PydanticFinding]) -> [PydanticFinding] {
        let ranked = findings.enumerated().map { offset, finding in
            (model.fields.firstIndex { $0.name == finding.path.first } ?? 0, offset, finding)
        }
        return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { $0.2 }
    }
}
