internal import DifyProtocol

/// The tool name that Dify makes up for an operation without `operationId`.
enum OperationName {
    /// The path without its first slash and without every character outside `[a-zA-Z0-9_-]`, a stand-in when nothing
    /// is left, then `_` and the method. Different paths may get the same name.
    ///
    /// - Parameter server: The address of the server, for the stand-in of old releases.
    static func generated(
        path: DocumentValue, method: String, server: DocumentValue = .null, profile: Profile = .current
    ) throws(APISchemaError) -> String {
        guard case .string(let text) = path else { throw path.missingAttribute("startswith") }
        let kept = text.unicodeScalars.filter(isKept)
        let name = kept.isEmpty ? rootName(text, method, server, profile) : String(String.UnicodeScalarView(kept))
        return name + "_" + method
    }

    /// Before 1.7.0 Dify drew a random UUID at each import; here it follows from the operation's address, so that
    /// calls reach the tool after the next import as well.
    private static func rootName(
        _ path: String, _ method: String, _ server: DocumentValue, _ profile: Profile
    ) -> String {
        profile.has(.rootName) ? "<root>" : DerivedUUID.text("operation", server.text ?? "", path, method)
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }
}
