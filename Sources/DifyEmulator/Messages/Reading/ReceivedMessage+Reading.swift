package import DifyProtocol

extension ReceivedMessage {
    private static let modelName = "ToolInvokeMessage"

    /// Reads a message as it comes from a tool, by the model of a release. The body alone decides what it is, whatever
    /// the type says; a `blob` in it is decoded, a `json` body without `json_object` becomes one, a `file` body becomes
    /// the marker.
    ///
    /// - Throws: ``MessageError`` with pydantic's text for what is no message.
    package init(_ value: JSONValue, profile: Profile = .current) throws(MessageError) {
        var findings: [PydanticFinding] = []
        let message: ReceivedMessage?
        do {
            message = try Self.read(value, MessageModels.of(profile), findings: &findings)
        } catch {
            switch error {
            case .value(let text), .other(let text): throw MessageError(text)
            }
        }
        guard let message, findings.isEmpty else {
            throw MessageError(PydanticFinding.text(findings, model: Self.modelName))
        }
        self = message
    }

    private static func read(
        _ value: JSONValue, _ models: MessageModels, findings: inout [PydanticFinding]
    ) throws(PythonException) -> ReceivedMessage? {
        guard let object = value.object else {
            findings.append(
                PydanticFinding(
                    message: "Input should be a valid dictionary or instance of \(modelName)", type: "model_type",
                    input: .value(.json(value))))
            return nil
        }
        let type = try messageType(object["type"], findings: &findings)
        var body: MessageBody?
        if let given = object["message"] {
            body = try Self.body(given, of: type, models, findings: &findings)
        } else {
            findings.append(
                PydanticFinding(
                    path: ["message"], message: "Field required", type: "missing",
                    input: .object(PythonObject(object))))
        }
        var found: [PydanticFinding] = []
        let meta = try PydanticType.optional(.object).read(.json(object["meta"] ?? .null), findings: &found)
        findings += found.map { $0.within("meta") }
        guard let type, let body, let meta else { return nil }
        return ReceivedMessage(type: type, body: body, meta: meta.value.json?.object)
    }

    /// Dify's types, in the order in which pydantic lists them.
    private static let types: [ToolInvokeMessage.MessageType] = [
        .text, .image, .link, .blob, .json, .imageLink, .binaryLink, .variable, .file, .log, .blobChunk,
        .retrieverResources,
    ]

    private static func messageType(
        _ value: JSONValue?, findings: inout [PydanticFinding]
    ) throws(PythonException) -> ToolInvokeMessage.MessageType? {
        guard let value else { return .text }
        var found: [PydanticFinding] = []
        let fit = try PydanticType.choice(types.map(\.rawValue)).read(.json(value), findings: &found)
        findings += found.map { $0.within("type") }
        return fit?.value.json?.string.flatMap(ToolInvokeMessage.MessageType.init)
    }

    private static func body(
        _ value: JSONValue, of type: ToolInvokeMessage.MessageType?, _ models: MessageModels,
        findings: inout [PydanticFinding]
    ) throws(PythonException) -> MessageBody? {
        if value.isNull { return MessageBody.none }
        guard let object = value.object else {
            // A model's own code takes it for an object before anything is found to be wrong with it.
            throw .other("'\(PythonText.typeName(value))' object has no attribute 'get'")
        }
        let blob = object["blob"]?.string.flatMap(PythonBase64.decode)
        if models.goesByType, type == .json, object["json_object"] == nil {
            return .json(value, blob: blob, suppressOutput: false)
        }
        if models.goesByType, type == .file {
            return .fields(["file_marker": "file_marker"], model: MessageModels.fileName)
        }
        var found: [PydanticFinding] = []
        let match = try MessageUnion.match(
            PythonObject(object, blob: blob), among: models, findings: &found)
        findings += found.map { $0.within("message") }
        return match.map(MessageBody.init)
    }
}

extension MessageBody {
    fileprivate init(_ match: MessageUnion.Match) {
        let fields = JSONObject(match.fields.map { ($0.name, $0.value.json ?? .null) })
        switch match.model.name {
        case MessageModels.textName: self = .text(fields["text"]?.string ?? "")
        case MessageModels.blobName: self = .blob(match["blob"]?.bytes ?? [])
        case MessageModels.blobChunkName:
            self = .blobChunk(
                BlobChunk(
                    id: fields["id"]?.string ?? "", sequence: fields["sequence"]?.number ?? JSONNumber(0),
                    totalLength: fields["total_length"]?.number ?? JSONNumber(0),
                    bytes: match["blob"]?.bytes ?? [], isLast: fields["end"]?.bool ?? false))
        case MessageModels.jsonName:
            self = .json(
                fields["json_object"] ?? .null, blob: nil, suppressOutput: fields["suppress_output"]?.bool)
        default: self = .fields(fields, model: match.model.name)
        }
    }
}
