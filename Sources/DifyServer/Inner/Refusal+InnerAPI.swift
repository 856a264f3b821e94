import DifyProtocol

/// What Dify's framework answers by itself.
extension Refusal {
    static let methodNotAllowed = Refusal(
        status: 405, code: "method_not_allowed", message: "The method is not allowed for the requested URL.")

    static let requestTooLarge = Refusal(
        status: 413, code: "request_entity_too_large",
        message: "The data value transmitted exceeds the capacity limit.")

    /// A wrong key is told as an address that does not exist, with the addresses that come near: always itself first
    /// (flask-restx' `_help_on_404`).
    static func unknownAddress(_ path: String, among paths: [String]) -> Refusal {
        let near = CloseMatches.of(path, among: paths).joined(separator: " or ")
        let help = near.isEmpty ? "" : ". You have requested this URI [\(path)] but did you mean \(near) ?"
        return .notFound(
            "The requested URL was not found on the server. If you entered the URL manually please check your spelling "
                + "and try again\(help.isEmpty ? "." : help)")
    }
}
