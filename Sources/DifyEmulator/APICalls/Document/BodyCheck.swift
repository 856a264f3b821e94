import DifyProtocol

/// Sets the body that arrives against what the document says about it.
struct BodyCheck {
    private let sent: SentRequest
    private let document: OperationDocument
    private var violations: [DocumentViolation] = []

    static func violations(of sent: SentRequest, in document: OperationDocument) -> [DocumentViolation] {
        var check = BodyCheck(sent: sent, document: document)
        check.run()
        return check.violations
    }

    private init(sent: SentRequest, document: OperationDocument) {
        self.sent = sent
        self.document = document
    }

    private mutating func say(_ problem: String, at pointer: String, path: String = "") {
        let subject = path.isEmpty ? "body" : "body \(path)"
        violations.append(DocumentViolation(subject: subject, problem: problem, pointer: pointer))
    }

    private mutating func run() {
        guard let declared = document.operation["requestBody"], let body = document.resolved(declared) else { return }
        let isRequired = PythonText.isTruthy(body.value["required"] ?? false)
        guard let type = sent.headers("content-type").last, !(sent.body.isEmpty && type != "application/json") else {
            guard isRequired, sent.body.isEmpty else { return }
            let isReference = declared.value["$ref"] != nil
            let reason = isReference ? ": Dify does not follow the reference to it" : ""
            say("is required and is not sent\(reason)", at: isReference ? declared.pointer : body.pointer)
            return
        }
        let all = body["content"]?.members ?? []
        guard let media = all.first(where: { $0.key.lowercased() == type.lowercased() })?.part else {
            if let first = all.first {
                say("is sent as \(type), which is no type that is described", at: first.part.pointer)
            }
            return
        }
        check(type, media)
    }

    private mutating func check(_ type: String, _ media: DocumentPart) {
        let schema = media["schema"].map { ExtractedSchema($0, in: document, for: .request) }
        switch type {
        case "application/json": checkJSON(schema, media)
        case "application/x-www-form-urlencoded": checkForm(schema, media)
        case "*/*": break
        default: checkOther(type, schema, media)
        }
    }

    private mutating func checkJSON(_ schema: ExtractedSchema?, _ media: DocumentPart) {
        guard let value = try? JSONParser.parse(utf8: sent.body) else {
            let text = String(decoding: sent.body.prefix(200), as: UTF8.self)
            say("\(JSONValue.string(text).shown) is not JSON", at: media.pointer)
            return
        }
        check(value, schema)
    }

    private mutating func check(_ value: JSONValue, _ schema: ExtractedSchema?) {
        guard let schema else { return }
        for fault in SchemaInspection.faults(of: value, in: schema) {
            say(fault.problem, at: fault.pointer, path: fault.path)
        }
    }

    private mutating func checkForm(_ schema: ExtractedSchema?, _ media: DocumentPart) {
        guard let schema else { return }
        let reader = TextReader(schema)
        var object = JSONObject()
        for (name, text) in FormPairs.read(String(decoding: sent.body, as: UTF8.self)[...]) {
            let member = reader.reader(of: name)
            if member.isList {
                object[name] = .array((object[name]?.array ?? []) + (member.list([text]).array ?? []))
            } else if member.isObject {
                object[name] = (try? JSONParser.parse(text)) ?? .string(text)
            } else {
                object[name] = member.scalar(text)
            }
        }
        check(.object(object), schema)
    }

    /// Under any other type Dify writes a form as well, unless there are files.
    private mutating func checkOther(_ type: String, _ schema: ExtractedSchema?, _ media: DocumentPart) {
        let text = String(decoding: sent.body, as: UTF8.self)
        switch BodyEncoding(type) {
        case .form: checkForm(schema, media)
        case .text: check(.string(text), schema)
        case .binary where type.hasPrefix("multipart/"):
            say("is sent as a URL-encoded form, where \(type) wants parts with a boundary", at: media.pointer)
        case .json, .jsonLines, .eventStream, .xml, .binary:
            say("is sent as a URL-encoded form, which \(type) is not", at: media.pointer)
        }
    }
}
