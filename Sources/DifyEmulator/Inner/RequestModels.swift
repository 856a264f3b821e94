import DifyProtocol

/// The models by which Dify reads the requests of its inner API (`api/core/plugin/entities/request.py`).
enum RequestModels {
    static let tool = PydanticModel(
        name: "RequestInvokeTool",
        fields: [
            .required("tool_type", .literal(["builtin", "workflow", "api", "mcp"])), .required("provider", .string),
            .required("tool", .string), .required("tool_parameters", .object),
            .optional("credential_id", .optional(.string), standard: nil),
        ])

    static let textEmbedding = model("RequestInvokeTextEmbedding", [.required("texts", .elements(.string))])

    static let rerank = model(
        "RequestInvokeRerank",
        [
            .required("query", .string), .required("docs", .elements(.string)), .required("score_threshold", .float),
            .required("top_n", .integer),
        ])

    static let tts = model("RequestInvokeTTS", [.required("content_text", .string), .required("voice", .string)])

    static let speechToText = model(
        "RequestInvokeSpeech2Text",
        [
            .init(name: "file", type: .string) { (value: PythonValue) throws(PythonException) in
                guard let text = value.json?.string else { throw .value("file must be a hex string") }
                return .json(.string(HexText.encode(try PythonHex.bytes(in: text))))
            }
        ])

    static let moderation = model("RequestInvokeModeration", [.required("text", .string)])

    static let questionClassifier = PydanticModel(
        name: "RequestInvokeQuestionClassifierNode",
        fields: [
            .required("query", .string), .required("model", .model(nodeModel)),
            .required(
                "classes",
                .elements(
                    .model(
                        PydanticModel(
                            name: "ClassConfig",
                            fields: [
                                .required("id", .string), .required("name", .string),
                                .optional("label", .string, standard: ""),
                            ])))),
            .required("instruction", .string),
        ])

    static let parameterExtractor = PydanticModel(
        name: "RequestInvokeParameterExtractorNode",
        fields: [
            .required("parameters", .elements(.model(parameter))), .required("model", .model(nodeModel)),
            .required("instruction", .string), .required("query", .string),
        ])

    static let app = PydanticModel(
        name: "RequestInvokeApp",
        fields: [
            .required("app_id", .string), .required("inputs", .object),
            .optional("query", .optional(.string), standard: nil),
            .required("response_mode", .literal(["blocking", "streaming"])),
            .optional("conversation_id", .optional(.string), standard: nil),
            .optional("user", .optional(.string), standard: nil),
            .optional("files", .elements(.object), standard: []),
        ])

    static let encryption = PydanticModel(
        name: "RequestInvokeEncrypt",
        fields: [
            .required("opt", .literal(["encrypt", "decrypt", "clear"])), .required("namespace", .literal(["endpoint"])),
            .required("identity", .string), .optional("data", .object, standard: [:]),
            .optional("config", .elements(.model(providerConfig)), standard: []),
        ])

    static let summary = PydanticModel(
        name: "RequestInvokeSummary", fields: [.required("text", .string), .required("instruction", .string)])

    static let uploadRequest = PydanticModel(
        name: "RequestRequestUploadFile",
        fields: [.required("filename", .string), .required("mimetype", .string)])

    static let appInfo = PydanticModel(name: "RequestFetchAppInfo", fields: [.required("app_id", .string)])

    // MARK: - Models of their own routes, which Dify 1.14 lacks

    static let multimodalEmbedding = model(
        "RequestInvokeMultimodalEmbedding", [.required("documents", .elements(.model(multimodalContent)))])

    static let multimodalRerank = model(
        "RequestInvokeMultimodalRerank",
        [
            .required("query", .model(multimodalContent)), .required("docs", .elements(.model(multimodalContent))),
            .optional("score_threshold", .optional(.float), standard: nil),
            .optional("top_n", .optional(.integer), standard: nil),
        ])

    // MARK: - Language models

    /// What Dify reads before the messages of the prompt, and after them.
    static let llmHead = [
        .required("provider", .string), .required("model", .string), modelType, .required("mode", .string),
        PydanticModel.Field.optional("completion_params", .object, standard: [:]),
    ]

    static let llmTail: [PydanticModel.Field] = [
        .optional("tools", .optional(.elements(.model(promptTool))), standard: []),
        .optional("stop", .optional(.elements(.string)), standard: []),
        .optional("stream", .optional(.boolean), standard: false),
    ]

    static let schema = PydanticModel.Field.optional("structured_output_schema", .object, standard: [:])

    private static let promptTool = PydanticModel(
        name: "PromptMessageTool",
        fields: [.required("name", .string), .required("description", .string), .required("parameters", .object)])

    // MARK: - Parts

    private static func model(_ name: String, _ fields: [PydanticModel.Field]) -> PydanticModel {
        PydanticModel(
            name: name, fields: [.required("provider", .string), .required("model", .string), modelType] + fields)
    }

    /// The daemon leaves it out, and Dify's lookup by the address' own type is all that is offered here.
    private static let modelType = PydanticModel.Field(
        name: "model_type",
        type: .choice(["llm", "text-embedding", "rerank", "speech2text", "moderation", "tts"]), standard: "",
        prepare: { value in
            let origins = ["text-generation": "llm", "embeddings": "text-embedding", "reranking": "rerank"]
            return value.json?.string.flatMap { origins[$0] }.map { .json(.string($0)) } ?? value
        })

    private static let nodeModel = PydanticModel(
        name: "ModelConfig",
        fields: [
            .required("provider", .string), .required("name", .string),
            .required("mode", .choice(["completion", "chat"])),
            .optional("completion_params", .object, standard: [:]),
        ])

    private static let parameter = PydanticModel(
        name: "ParameterConfig",
        fields: [
            .init(name: "name", type: .string, prepare: parameterName),
            .init(name: "type", type: .string, prepare: parameterType),
            .optional("options", .optional(.elements(.string)), standard: nil), .required("description", .string),
            .required("required", .boolean),
        ])

    private static let parameterName = { @Sendable (value: PythonValue) throws(PythonException) -> PythonValue in
        guard value.isTruthy, let name = value.json else { throw .value("Parameter name is required") }
        try requireHashable(name)
        if name == "__reason" || name == "__is_success" {
            throw .value("Invalid parameter name, __reason and __is_success are reserved")
        }
        return .json(.string(PythonText.str(name)))
    }

    private static let parameterType = { @Sendable (value: PythonValue) throws(PythonException) -> PythonValue in
        let type = value.json ?? .null
        try requireHashable(type)
        guard let segment = type.string.flatMap(SegmentType.init(parameterType:)), segment != .object else {
            throw .value("type \(PythonText.str(type)) is not allowd to use in Parameter Extractor node.")
        }
        return value
    }

    /// Only such values can be looked for in a set.
    private static func requireHashable(_ value: JSONValue) throws(PythonException) {
        guard value.array == nil, value.object == nil else {
            throw .other("unhashable type: '\(PythonText.typeName(value))'")
        }
    }

    private static let providerConfig = PydanticModel(
        name: "BasicProviderConfig",
        fields: [
            .required(
                "type",
                .choice([
                    "secret-input", "text-input", "select", "boolean", "app-selector", "model-selector", "array[tools]",
                ])), .required("name", .string),
        ])

    private static let multimodalContent = PydanticModel(
        name: "MultimodalContent",
        fields: [.required("content", .string), .required("content_type", .literal(["text", "image"]))])
}
