import DifyProtocol

/// The id of a model provider, `author/plugin/provider`, normalised as Dify does (`ModelProviderID`, 1.14.2).
struct ModelProviderID: Sendable, Hashable, CustomStringConvertible {
    /// The whole id.
    let description: String

    /// Reads an id: three parts as they are, a bare name `x` as `langgenius/x/x`. Google's models live in a plugin
    /// called gemini.
    ///
    /// - Throws: ``Refusal`` with Dify's text.
    init(_ text: String) throws(Refusal) {
        let id = try ProviderID(text)
        let isRenamed = id.organization == "langgenius" && id.provider == "google"
        description = "\(id.organization)/\(isRenamed ? "gemini" : id.plugin)/\(id.provider)"
    }

    /// How a call's provider is looked up: only names without a slash are expanded, everything else must be an id as
    /// it stands (`ProviderConfigurations`).
    ///
    /// - Throws: ``Refusal`` with Dify's text for a bare name of other characters.
    static func lookUpKey(_ text: String) throws(Refusal) -> String {
        text.contains("/") ? text : try ModelProviderID(text).description
    }
}
