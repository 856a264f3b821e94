package import DifyProtocol

/// The id of a plugin's provider, `author/plugin/provider`, before the renamings that tools and models have
/// (Dify's `GenericProviderID`).
package struct ProviderID: Sendable, Hashable, CustomStringConvertible {
    package let organization: String
    package let plugin: String
    package let provider: String

    package var description: String { "\(organization)/\(plugin)/\(provider)" }

    /// Reads an id: three parts as they are, a bare name `x` as `langgenius/x/x`.
    ///
    /// - Throws: ``Refusal`` with Dify's text for an empty id (HTTP 404) and for one of another shape (400).
    package init(_ text: String) throws(Refusal) {
        guard !text.isEmpty else { throw .notFound("plugin not found, please add plugin") }
        let parts = Self.withoutTrailingNewline(text).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 1 || parts.count == 3, parts.allSatisfy(Self.isName) else {
            throw .invalidParameter("Invalid plugin id \(text)")
        }
        // Python's `$` lets one trailing newline through, and it stays part of the id.
        let newline = text.hasSuffix("\n") ? "\n" : ""
        organization = parts.count == 1 ? "langgenius" : String(parts[0])
        provider = (parts.count == 1 ? String(parts[0]) : String(parts[2])) + newline
        plugin = parts.count == 1 ? provider : String(parts[1])
    }

    /// The id with another plugin.
    func renamed(_ plugin: String) -> ProviderID {
        ProviderID(organization: organization, plugin: plugin, provider: provider)
    }

    private init(organization: String, plugin: String, provider: String) {
        self.organization = organization
        self.plugin = plugin
        self.provider = provider
    }

    private static func withoutTrailingNewline(_ text: String) -> Substring {
        text.hasSuffix("\n") ? text.dropLast() : text[...]
    }

    private static func isName(_ part: Substring) -> Bool {
        !part.isEmpty
            && part.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "0"..."9", "_", "-": true
                default: false
                }
            }
    }
}
