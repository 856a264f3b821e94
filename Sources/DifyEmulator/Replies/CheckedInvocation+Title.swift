import DifyProtocol

extension CheckedInvocation {
    /// The call in one line, named as the caller names what it calls.
    var title: String {
        switch self {
        case .tool(let call): "\(call.kind?.rawValue ?? "mcp") tool \(call.provider) \(call.tool)"
        case .llm(let call): title(call.model)
        case .textEmbedding(let call): title(call.model)
        case .multimodalEmbedding(let call): title(call.model)
        case .rerank(let call): title(call.model)
        case .multimodalRerank(let call): title(call.model)
        case .tts(let call): title(call.model)
        case .speechToText(let call): title(call.model)
        case .moderation(let call): title(call.model)
        case .parameterExtractor(let call): title(call.model.reference)
        case .questionClassifier(let call): title(call.model.reference)
        case .app(let call): "app \(call.appID)"
        case .fetchApp(let call): "fetch_app \(call.appID)"
        case .storage(let call): "storage \(call.operation.rawValue) \(call.key)"
        case .uploadFile(let call): "upload_file \(call.filename)"
        case .systemSummary: "system_summary"
        }
    }

    private func title(_ model: ModelReference) -> String { "\(type.rawValue) \(model.provider) \(model.model)" }
}
