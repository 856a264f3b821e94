import DifyOpenAPI
import DifyProtocol

/// Sets what arrives of the parameters against what the document says about them.
struct ParameterCheck {
    private let sent: SentRequest
    private let document: OperationDocument
    private var violations: [DocumentViolation] = []

    /// Headers that OpenAPI leaves to other parts of a document.
    private static let otherHeaders: Set<String> = ["accept", "content-type", "authorization"]

    static func violations(
        of sent: SentRequest, bundle: ToolBundle, in document: OperationDocument
    ) -> [DocumentViolation] {
        var check = ParameterCheck(sent: sent, document: document)
        let parameters = DeclaredParameter.all(in: document)
        for parameter in parameters where parameter.place != "path" { check.check(parameter) }
        if let path = document.path {
            check.checkPath(path, address: bundle.serverURL, parameters.filter { $0.place == "path" })
        }
        return check.violations
    }

    private init(sent: SentRequest, document: OperationDocument) {
        self.sent = sent
        self.document = document
    }

    private mutating func say(_ parameter: DeclaredParameter, _ problem: String, at pointer: String? = nil) {
        let pointer = pointer ?? parameter.part.pointer
        violations.append(DocumentViolation(subject: parameter.subject, problem: problem, pointer: pointer))
    }

    private static let sharedReason = "Dify does not read the parameters of a whole path"

    // MARK: - Query, headers, cookies

    private mutating func check(_ parameter: DeclaredParameter) {
        switch parameter.place {
        case "query": check(parameter, sent.query(parameter.name))
        case "header" where !Self.otherHeaders.contains(parameter.name.lowercased()):
            check(parameter, sent.headers(parameter.name))
        case "cookie": check(parameter, sent.cookies(parameter.name))
        case "body", "formData":
            guard parameter.isRequired else { return }
            say(parameter, "is required, and Dify sends none of Swagger's body parameters")
        default: break
        }
    }

    private mutating func check(_ parameter: DeclaredParameter, _ texts: [String]) {
        let reader = parameter.schema.map { ParameterReader(parameter, $0, in: document) }
        if texts.isEmpty, let reader, parameter.place == "query" {
            let members = reader.members(in: sent)
            if !members.isEmpty { return check(parameter, members, by: reader) }
        }
        guard !texts.isEmpty else {
            guard parameter.isRequired else { return }
            let reason = parameter.isShared ? ": \(Self.sharedReason)" : ""
            say(
                parameter, "is required and is not sent\(reason)",
                at: parameter.part.pointer.appendingPointer("required"))
            return
        }
        guard let reader else { return }
        switch reader.read(texts) {
        case .success(let value): check(parameter, value, by: reader)
        case .failure(let misfit): say(parameter, misfit.problem, at: reader.extracted.pointer)
        }
    }

    private mutating func check(_ parameter: DeclaredParameter, _ value: JSONValue, by reader: ParameterReader) {
        for fault in SchemaInspection.faults(of: value, in: reader.extracted) {
            let place = fault.path.isEmpty ? "" : "\(fault.path): "
            say(parameter, place + fault.problem, at: fault.pointer)
        }
    }

    private mutating func check(_ parameter: DeclaredParameter, _ members: JSONObject, by reader: ParameterReader) {
        check(parameter, .object(members), by: reader)
    }

    // MARK: - The path

    private mutating func checkPath(_ path: String, address: String, _ parameters: [DeclaredParameter]) {
        guard let values = sent.placeholders(of: path, in: address) else {
            violations.append(
                DocumentViolation(
                    subject: "path",
                    problem:
                        "\(JSONValue.string(sent.path.joined(separator: "/")).shown) is not the address of \(path)",
                    pointer: document.pathItem?.pointer ?? document.operation.pointer))
            return
        }
        for parameter in parameters {
            guard let text = values[parameter.name] else { continue }
            if text == "{\(parameter.name)}" {
                let reason = parameter.isShared ? Self.sharedReason : "the call gives no value"
                say(parameter, "the address holds \(text) itself: \(reason)")
            } else if text.isEmpty {
                say(parameter, "is empty, so that the address is another one")
            } else {
                check(parameter, [text])
            }
        }
        for (name, text) in values.sorted(by: { $0.key < $1.key })
        where text == "{\(name)}" && !parameters.contains(where: { $0.name == name }) {
            violations.append(
                DocumentViolation(
                    subject: "path", problem: "the address holds \(text) itself: no parameter is declared for it",
                    pointer: document.pathItem?.pointer ?? document.operation.pointer))
        }
    }
}
