/// The pairs of a query or a form, read as a server reads them: all of them, in order.
enum FormPairs {
    static func read(_ text: Substring) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (unescaped(parts[0]), unescaped(parts.dropFirst().first ?? ""))
        }
    }

    /// The text without percent escapes, a plus standing for itself.
    static func unquoted(_ text: Substring) -> String {
        String(decoding: QueryText.unquote(Array(text.utf8)[...]), as: UTF8.self)
    }

    private static func unescaped(_ text: Substring) -> String { unquoted(text.replacing("+", with: " ")) }
}
