import DifyProtocol

/// The id of a workflow or custom tool provider.
///
/// Dify compares ids in PostgreSQL, whose `uuid` type also reads capitals, braces and other hyphens.
public struct ProviderUUID: Sendable, Hashable, CustomStringConvertible {
    /// Lower case, 8-4-4-4-12.
    public let description: String

    /// Reads an id in any of PostgreSQL's spellings.
    ///
    /// - Returns: nil for text that is no UUID.
    public init?(_ text: String) {
        var digits = text[...]
        if digits.hasPrefix("{"), digits.hasSuffix("}") { digits = digits.dropFirst().dropLast() }
        var plain = ""
        for character in digits {
            if character == "-" {
                guard !plain.isEmpty, plain.count % 4 == 0, plain.count < 32 else { return nil }
            } else {
                guard character.isASCII, character.isHexDigit else { return nil }
                plain.append(contentsOf: character.lowercased())
            }
        }
        guard plain.count == 32, !digits.contains("--") else { return nil }
        description = DerivedUUID.hyphenated(plain)
    }

    /// An id that follows from a seed number and names, so that the same seed gives the same id everywhere.
    public init(seed: Int, _ names: String...) { description = DerivedUUID.text([String(seed)] + names) }
}
