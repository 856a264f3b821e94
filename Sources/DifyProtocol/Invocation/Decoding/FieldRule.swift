/// A rule of the daemon's validator for a text.
enum FieldRule {
    /// The text is not empty.
    case required
    /// The text is one of these words. `tag` is what the validator calls the rule.
    case oneOf([String], tag: String = "oneof")

    /// The validator's name of the rule.
    var tag: String {
        switch self {
        case .required: "required"
        case .oneOf(_, let tag): tag
        }
    }

    /// Whether a text keeps the rule.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .required: !text.isEmpty
        case .oneOf(let words, _): words.contains(text)
        }
    }
}
