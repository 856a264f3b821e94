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
        guard !text.isEmpty else { throw .notFound("plugin not found, please add plugin") }
        let parts = Self.withoutTrailingNewline(text).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 1 || parts.count == 3, parts.allSatisfy(Self.isName) else {
            throw .invalidParameter("Invalid plugin id \(text)")
        }
        // Python's `$` lets one trailing newline through, and it stays part of the id.
        let newline = text.hasSuffix("\n") ? "\n" : ""
        organization = parts.count == 1 ? "langgenius" : String(parts[0])
        provider = (parts.count == 1 ? String(parts[0]) : String(parts[2])) + newline
        let declared = parts.count == 1 ? provider : String(parts[1])
        let isRenamed = organization == "langgenius" && Self.renamedProviders.contains(provider)
        plugin = isRenamed ? "\(provider)_tool" : declared
    }

    private static let renamedProviders: Set<String> = ["jina", "siliconflow", "stepfun", "gitee_ai"]

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
