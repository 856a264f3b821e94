import DifyProtocol

/// Which files a variable, or a workflow's file upload, accepts (`is_file_valid_with_config`).
public struct AllowedFiles: Sendable, Hashable {
    /// Kinds of files; empty for all.
    public let types: [FileKind]
    /// File extensions that count where the kind alone does not admit a file: for `custom` ones.
    public let extensions: [String]
    /// Ways in which a file may come; empty for all.
    public let methods: [FileTransferMethod]

    /// Whether a file is accepted.
    ///
    /// - Parameters:
    ///   - given: The kind that the caller says it is; nil for none, which counts as `custom`.
    ///   - imageMethods: Ways in which an image may come; empty for all. Dify asks for them in place of ``methods``.
    func accepts(
        _ given: FileKind?, extension fileExtension: String, method: FileTransferMethod,
        imageMethods: [FileTransferMethod]
    ) -> Bool {
        // What the platform made itself is never refused.
        if method == .toolFile { return true }
        let given = given ?? .custom
        let isListed = types.isEmpty || types.contains(given)
        guard isListed || types.contains(.custom) else { return false }
        if given == .custom || !isListed {
            // An empty list admits nothing.
            guard extensions.contains(where: { Self.normal($0) == Self.normal(fileExtension) }),
                !Self.normal(fileExtension).isEmpty
            else { return false }
        }
        let methods = given == .image ? imageMethods : methods
        return methods.isEmpty || methods.contains(method)
    }

    /// With one dot, in lower case.
    private static func normal(_ fileExtension: String) -> String {
        let text = PythonText.strip(fileExtension).lowercased()
        return text.isEmpty || text.hasPrefix(".") ? text : "." + text
    }
}

/// How a file reaches a run.
public enum FileTransferMethod: String, Sendable, Hashable, CaseIterable {
    /// Under an address elsewhere.
    case remoteURL = "remote_url"
    /// Uploaded by a person.
    case localFile = "local_file"
    /// Made by a tool, or uploaded by a plugin.
    case toolFile = "tool_file"
    /// From a data source.
    case datasourceFile = "datasource_file"
}
