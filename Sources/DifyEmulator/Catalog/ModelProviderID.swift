package import DifyProtocol

/// The id of a model provider, `author/plugin/provider`, normalised as Dify does (`ModelProviderID`, 1.14.2).
package struct ModelProviderID: Sendable, Hashable, CustomStringConvertible {
    /// Its parts, with the plugin that has the provider's models.
    package let id: ProviderID

    /// The whole id.
    package var description: String { id.description }

    /// Reads an id: three parts as they are, a bare name `x` as `langgenius/x/x`. Google's models live in a plugin
    /// called gemini.
    ///
    /// - Throws: ``Refusal`` with Dify's text.
    package init(_ text: String) throws(Refusal) {
        let id = try ProviderID(text)
        let isRenamed = id.organization == "langgenius" && id.provider == "google"
        self.id = isRenamed ? id.renamed("gemini") : id
    }

    /// How a call's provider is looked up: only names without a slash are expanded, everything else must be an id as
    /// it stands (`ProviderConfigurations`).
    ///
    /// - Throws: ``Refusal`` with Dify's text for a bare name of other characters.
    static func lookUpKey(_ text: String) throws(Refusal) -> String {
        text.contains("/") ? text : try ModelProviderID(text).description
    }
}
