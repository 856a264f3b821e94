internal import DifyProtocol

/// The tool name that Dify makes up for an operation without `operationId` (since 1.7.0).
enum OperationName {
    /// The path without its first slash and without every character outside `[a-zA-Z0-9_-]`, `<root>` when nothing
    /// is left, then `_` and the method. Different paths may get the same name.
    static func generated(path: DocumentValue, method: String) throws(APISchemaError) -> String {
        guard case .string(let path) = path else { throw path.missingAttribute("startswith") }
        let kept = path.unicodeScalars.filter(isKept)
        return (kept.isEmpty ? "<root>" : String(String.UnicodeScalarView(kept))) + "_" + method
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }
}
