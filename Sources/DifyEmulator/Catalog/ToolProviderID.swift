import DifyProtocol

/// The id of a builtin tool provider, `author/plugin/provider`, normalised as Dify does (`ToolProviderID`, 1.14.2).
public struct ToolProviderID: Sendable, Hashable, CustomStringConvertible {
    /// The author of the plugin.
    public let organization: String
    /// The plugin's name.
    public let plugin: String
    /// The provider within the plugin.
    public let provider: String

    /// The plugin's id, `author/plugin`.
    public var pluginID: String { "\(organization)/\(plugin)" }

    /// The whole id.
    public var description: String { "\(organization)/\(plugin)/\(provider)" }

    /// Reads an id: three parts as they are, a bare name `x` as `langgenius/x/x`.
    ///
    /// Four providers of Dify's own moved to plugins called `…_tool`; their old names keep working.
    ///
    /// - Throws: ``Refusal`` with Dify's text for an empty id (HTTP 404) and for one of another shape (400).
    public init(_ text: String) throws(Refusal) {
        let id = try ProviderID(text)
        organization = id.organization
        provider = id.provider
        let isRenamed = organization == "langgenius" && Self.renamedProviders.contains(provider)
        plugin = isRenamed ? "\(provider)_tool" : id.plugin
    }

    private static let renamedProviders: Set<String> = ["jina", "siliconflow", "stepfun", "gitee_ai"]
}
