/// The kinds of tools a plugin can call: `tool_type` on the wire.
public enum ToolKind: String, Sendable, Hashable, CaseIterable {
    /// A tool of an installed plugin or one that Dify hard-codes; its provider is `author/plugin/provider`.
    case builtin
    /// A workflow published as a tool; its provider is a UUID.
    case workflow
    /// A custom tool made from an OpenAPI document; its provider is a UUID.
    case api
}
