package import DifyProtocol

/// A request of the inner API, read as Dify reads it: not by the rules of the plugin daemon, which is the client here.
package enum InnerRequest: Sendable {
    case call(CheckedInvocation)
    case encryption(EncryptionRequest)
    case download(DownloadRequest)
    /// What Dify answers and the emulator does not offer, with what there is to say about it.
    case unavailable(String)

    /// Reads the body of a request.
    ///
    /// - Parameter body: nil when it is no JSON.
    /// - Throws: Dify's refusal of a body that its model for this address does not take.
    package init(
        _ route: InnerRoute, in body: JSONValue?, profile: Profile, quirks: Quirk.Treatment
    ) throws(Refusal) {
        guard let body else { throw .invalidParameter("invalid json") }
        do {
            self = try Self.read(route, body, PayloadOptions(profile: profile, quirks: quirks))
        } catch {
            throw .invalidParameter("invalid payload: \(error.text)")
        }
    }

    private struct PayloadOptions {
        let profile: Profile
        let quirks: Quirk.Treatment
    }

    private static func read(
        _ route: InnerRoute, _ body: JSONValue, _ options: PayloadOptions
    ) throws(InvalidPayload) -> InnerRequest {
        switch route {
        case .tool: return tool(try RequestModels.tool.fields(of: body), options)
        case .llm: return .call(.llm(try llm(body, isStructured: false)))
        case .structuredOutput: return .call(.llm(try llm(body, isStructured: true)))
        case .parameterExtractor:
            let fields = try RequestModels.parameterExtractor.fields(of: completed(body, options))
            return .call(.parameterExtractor(extractor(fields, isComplete: hasCompletionParams(body))))
        case .questionClassifier:
            let fields = try RequestModels.questionClassifier.fields(of: completed(body, options))
            return .call(.questionClassifier(classifier(fields, isComplete: hasCompletionParams(body))))
        case .app: return .call(.app(app(try RequestModels.app.fields(of: body))))
        case .encryption: return .encryption(EncryptionRequest(try RequestModels.encryption.fields(of: body)))
        case .downloadRequest: return .download(try DownloadRequest(body))
        case .summary, .uploadRequest, .appInfo: return .call(try platformCall(route, body))
        default: return .call(try modelCall(route, body))
        }
    }

    // MARK: - Tools, apps, the platform

    private static func tool(_ fields: JSONObject, _ options: PayloadOptions) -> InnerRequest {
        let (provider, tool) = (fields.text("provider"), fields.text("tool"))
        guard let kind = ToolKind(rawValue: fields.text("tool_type")) else {
            return .unavailable("mcp tools are not offered; builtin, workflow and api tools are")
        }
        let credential = options.profile.has(.credentialID) ? fields.text("credential_id") : ""
        return .call(
            .tool(
                ToolInvocation(
                    kind: kind, provider: provider, tool: tool, parameters: fields.object("tool_parameters"),
                    credentialID: credential)))
    }

    private static func app(_ fields: JSONObject) -> AppInvocation {
        AppInvocation(
            appID: fields.text("app_id"), query: fields.text("query"), inputs: fields.object("inputs"),
            responseMode: fields.text("response_mode"), conversationID: fields.text("conversation_id"))
    }

    private static func platformCall(
        _ route: InnerRoute, _ body: JSONValue
    ) throws(InvalidPayload) -> CheckedInvocation {
        switch route {
        case .summary:
            let fields = try RequestModels.summary.fields(of: body)
            return .systemSummary(
                SummaryInvocation(text: fields.text("text"), instruction: fields.text("instruction")))
        case .uploadRequest:
            let fields = try RequestModels.uploadRequest.fields(of: body)
            return .uploadFile(
                UploadFileInvocation(filename: fields.text("filename"), mimeType: fields.text("mimetype")))
        default:
            return .fetchApp(FetchAppInvocation(appID: try RequestModels.appInfo.fields(of: body).text("app_id")))
        }
    }

    // MARK: - Models

    private static func llm(_ body: JSONValue, isStructured: Bool) throws(InvalidPayload) -> LLMInvocation {
        let name = isStructured ? "RequestInvokeLLMWithStructuredOutput" : "RequestInvokeLLM"
        var messages: [PromptMessage] = []
        let fields = try PydanticModel.fields(of: body, model: name) { (object, found) throws(PythonException) in
            let head = try PydanticModel(name: name, fields: RequestModels.llmHead).members(
                of: object, findings: &found)
            if let given = object["prompt_messages"] {
                var within: [PydanticFinding] = []
                messages = try PromptMessageModels.read(given, findings: &within)
                found += within.map { $0.within("prompt_messages") }
            }
            let tail = RequestModels.llmTail + (isStructured ? [RequestModels.schema] : [])
            return head.merging(try PydanticModel(name: name, fields: tail).members(of: object, findings: &found))
        }
        return LLMInvocation(
            model: fields.model, mode: fields.text("mode"), completionParams: fields.object("completion_params"),
            promptMessages: messages, tools: fields.objects("tools").map(PromptTool.init(fields:)),
            stop: fields.texts("stop"),
            // Dify streams what says null.
            stream: fields["stream"]?.bool ?? true,
            structuredOutputSchema: isStructured ? fields.object("structured_output_schema") : nil)
    }

    private static func modelCall(_ route: InnerRoute, _ body: JSONValue) throws(InvalidPayload) -> CheckedInvocation {
        switch route {
        case .textEmbedding:
            let fields = try RequestModels.textEmbedding.fields(of: body)
            return .textEmbedding(
                TextEmbeddingInvocation(
                    model: fields.model, texts: fields.texts("texts"), inputType: inputType(in: body)))
        case .rerank:
            let fields = try RequestModels.rerank.fields(of: body)
            return .rerank(
                RerankInvocation(
                    model: fields.model, query: fields.text("query"), docs: fields.texts("docs"),
                    scoreThreshold: fields.number("score_threshold"), topN: fields.integer("top_n")))
        case .tts:
            let fields = try RequestModels.tts.fields(of: body)
            return .tts(
                TTSInvocation(model: fields.model, text: fields.text("content_text"), voice: fields.text("voice")))
        case .speechToText:
            let fields = try RequestModels.speechToText.fields(of: body)
            return .speechToText(SpeechToTextInvocation(model: fields.model, file: fields.text("file")))
        case .multimodalEmbedding:
            let fields = try RequestModels.multimodalEmbedding.fields(of: body)
            return .multimodalEmbedding(
                MultimodalEmbeddingInvocation(
                    model: fields.model, documents: fields.objects("documents").map(MultimodalContent.init(fields:)),
                    inputType: inputType(in: body)))
        case .multimodalRerank:
            let fields = try RequestModels.multimodalRerank.fields(of: body)
            return .multimodalRerank(
                MultimodalRerankInvocation(
                    model: fields.model, query: MultimodalContent(fields: fields.object("query")),
                    docs: fields.objects("docs").map(MultimodalContent.init(fields:)),
                    scoreThreshold: fields.number("score_threshold"), topN: fields.integer("top_n")))
        default:
            let fields = try RequestModels.moderation.fields(of: body)
            return .moderation(ModerationInvocation(model: fields.model, text: fields.text("text")))
        }
    }

    /// What the daemon passes on and Dify drops; scripts may ask about it.
    private static func inputType(in body: JSONValue) -> String { body["input_type"]?.string ?? "query" }

    // MARK: - Nodes

    private static func extractor(_ fields: JSONObject, isComplete: Bool) -> ParameterExtractorInvocation {
        let parameters = fields.objects("parameters").map { parameter in
            ExtractedParameter(
                name: parameter.text("name"), type: parameter.text("type"), options: parameter.texts("options"),
                description: parameter.text("description"), required: parameter["required"]?.bool ?? false)
        }
        return ParameterExtractorInvocation(
            parameters: parameters, model: nodeModel(fields, isComplete: isComplete), query: fields.text("query"),
            instruction: fields.text("instruction"))
    }

    private static func classifier(_ fields: JSONObject, isComplete: Bool) -> QuestionClassifierInvocation {
        QuestionClassifierInvocation(
            classes: fields.objects("classes").map { QuestionClass(id: $0.text("id"), name: $0.text("name")) },
            model: nodeModel(fields, isComplete: isComplete), query: fields.text("query"),
            instruction: fields.text("instruction"))
    }

    private static func nodeModel(_ fields: JSONObject, isComplete: Bool) -> NodeModel {
        let model = fields.object("model")
        return NodeModel(
            provider: model.text("provider"), name: model.text("name"), mode: model.text("mode"),
            completionParams: isComplete ? model.object("completion_params") : nil)
    }

    private static func hasCompletionParams(_ body: JSONValue) -> Bool {
        body["model"]?["completion_params"]?.isNull != true
    }

    /// The body with `{}` for parameters of a node's model that are null, which Dify does not take.
    private static func completed(_ body: JSONValue, _ options: PayloadOptions) -> JSONValue {
        guard options.quirks == .useful, !hasCompletionParams(body), var object = body.object,
            var model = object["model"]?.object
        else { return body }
        model["completion_params"] = [:]
        object["model"] = .object(model)
        return .object(object)
    }
}

// MARK: - Fields that a model has read

extension JSONObject {
    fileprivate var model: ModelReference { ModelReference(provider: text("provider"), model: text("model")) }

    func text(_ key: String) -> String { self[key]?.string ?? "" }

    func object(_ key: String) -> JSONObject { self[key]?.object ?? [:] }

    fileprivate func texts(_ key: String) -> [String] { (self[key]?.array ?? []).compactMap(\.string) }

    func objects(_ key: String) -> [JSONObject] { (self[key]?.array ?? []).compactMap(\.object) }

    fileprivate func integer(_ key: String) -> Int { self[key]?.number?.integer ?? 0 }

    fileprivate func number(_ key: String) -> Double { self[key]?.number?.double ?? 0 }
}

extension PromptTool {
    fileprivate init(fields: JSONObject) {
        self.init(
            name: fields.text("name"), description: fields.text("description"), parameters: fields.object("parameters"))
    }
}

extension MultimodalContent {
    fileprivate init(fields: JSONObject) {
        self.init(content: fields.text("content"), contentType: fields.text("content_type"))
    }
}
