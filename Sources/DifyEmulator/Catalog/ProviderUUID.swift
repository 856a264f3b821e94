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
        self.init(hexadecimal: plain)
    }

    /// An id that follows from a seed number and names, so that the same seed gives the same id everywhere.
    ///
    /// 128 bits of FNV-1a, marked as a version 8 UUID (RFC 9562: custom).
    public init(seed: Int, _ names: String...) {
        // A cryptographic hash is not needed for ids in a mock platform and would cost a minute of every clean build.
        let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013B
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        for name in [String(seed)] + names {
            for byte in Array(name.utf8) + [0xFF] { hash = (hash ^ UInt128(byte)) &* prime }
        }
        hash = hash & ~(0xF << 76) | 0x8 << 76
        hash = hash & ~(0x3 << 62) | 0x2 << 62
        let digits = String(hash, radix: 16)
        self.init(hexadecimal: String(repeating: "0", count: 32 - digits.count) + digits)
    }

    private init(hexadecimal digits: String) {
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        description = parts.joined(separator: "-")
    }
}
