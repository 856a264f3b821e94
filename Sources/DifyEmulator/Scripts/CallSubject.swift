import DifyProtocol

/// What a call is about, once it is looked up: the entry of the catalogue, as far as it names one.
enum CallSubject: Sendable, Hashable {
    case tool(ToolIdentity)
    /// A model, asked for by a call of this type. A language model answers several.
    case model(InvocationType, ModelIdentity)
    /// An app, to be run or to be looked at.
    case app(InvocationType, ProviderUUID)
    /// The platform itself: storage, files, the summary by the workspace's default model.
    case platform(InvocationType)

    var type: InvocationType {
        switch self {
        case .tool: .tool
        case .model(let type, _), .app(let type, _), .platform(let type): type
        }
    }
}
