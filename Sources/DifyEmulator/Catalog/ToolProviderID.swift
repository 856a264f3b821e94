import DifyProtocol

/// The id of a builtin tool provider, `author/plugin/provider`, normalised as Dify does (`ToolProviderID`, 1.14.2).
public struct ToolProviderID: Sendable, Hashable, CustomStringConvertible {
    /// Its parts, with the plugin that has the provider's tools.
    package let id: ProviderID

    /// The author of the plugin.
    public var organization: String { id.organization }
    /// The plugin's name.
    public var plugin: String { id.plugin }
    /// The provider within the plugin.
    public var provider: String { id.provider }

    /// The plugin's id, `author/plugin`.
    public var pluginID: String { "\(organization)/\(plugin)" }

    /// The whole id.
    public var description: String { id.description }

    /// Reads an id: three parts as they are, a bare name `x` as `langgenius/x/x`.
    ///
    /// Four providers of Dify's own moved to plugins called `…_tool`; their old names keep working.
    ///
    /// - Throws: ``Refusal`` with Dify's text for an empty id (HTTP 404) and for one of another shape (400).
    public init(_ text: String) throws(Refusal) {
        let id = try ProviderID(text)
        let isRenamed = id.organization == "langgenius" && Self.renamedProviders.contains(id.provider)
        self.id = isRenamed ? id.renamed("\(id.provider)_tool") : id
    }

    private static let renamedProviders: Set<String> = ["jina", "siliconflow", "stepfun", "gitee_ai"]
}
