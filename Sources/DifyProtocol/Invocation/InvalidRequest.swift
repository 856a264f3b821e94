/// A request that Dify's plugin daemon refuses before it asks the platform, in the daemon's own words.
///
/// The daemon decodes with mapstructure 1.5.0 and validates with validator 10; both texts reach the plugin.
public struct InvalidRequest: Error, Sendable, Hashable {
    /// One field that the validator refuses.
    struct Failure {
        let path: String
        let field: String
        let tag: String
    }

    /// The text as the plugin sees it.
    public let message: String

    /// The validator's text: failures in the order of the fields.
    init(failures: [Failure]) {
        let lines = failures.map {
            "Key: '\($0.path)' Error:Field validation for '\($0.field)' failed on the '\($0.tag)' tag"
        }
        message = Self.prefix + "error validating struct: " + lines.joined(separator: "\n")
    }

    /// The decoder's text: errors in the order of their bytes.
    init(decodingErrors: [String]) {
        let list = GoText.sorted(decodingErrors).map { "* \($0)" }.joined(separator: "\n")
        message = Self.prefix + "error decoding map: \(decodingErrors.count) error(s) decoding:\n\n\(list)"
    }

    private static let prefix = "unmarshal backwards invoke request failed: "
}
