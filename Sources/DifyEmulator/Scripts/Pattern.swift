import Synchronization

/// A regular expression of a script.
final class Pattern: Sendable {
    /// The expression as it was written.
    let text: String
    // A Regex is not Sendable, so it is used under a lock.
    private let regex: Mutex<Regex<AnyRegexOutput>>

    /// - Throws: The regex parser's complaint.
    init(_ text: String) throws {
        regex = Mutex(try Regex(text))
        self.text = text
    }

    /// Whether the text holds a match, anywhere.
    func isFound(in text: String) -> Bool { regex.withLock { text.firstMatch(of: $0) != nil } }
}
