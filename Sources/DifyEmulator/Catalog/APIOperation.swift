public import DifyOpenAPI
public import DifyProtocol

/// The operation behind a custom tool.
public struct APIOperation: Sendable {
    /// What Dify made of the operation.
    public let bundle: ToolBundle
    /// The stored credentials: `auth_type` and what goes with it.
    public let credentials: JSONObject
    /// How the provider's calls are answered.
    public let settings: APISettings
    /// The document that the operation stands in.
    public let document: APIDocumentSource
}

/// A custom tool provider: one API document.
struct APIProvider: Sendable {
    let id: ProviderUUID
    let name: String
    /// The stored credentials.
    let credentials: JSONObject
    let settings: APISettings
    let document: APIDocumentSource
    let tools: [CatalogTool]
}
