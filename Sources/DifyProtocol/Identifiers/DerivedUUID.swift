/// A UUID that follows from texts, so that the same texts give the same id on every machine.
///
/// 128 bits of FNV-1a, marked as a version 8 UUID (RFC 9562: custom). A cryptographic hash is not needed for ids in a
/// mock platform and would cost a minute of every clean build.
package enum DerivedUUID {
    /// The id in lower case, 8-4-4-4-12.
    package static func text(_ sources: String...) -> String { text(sources) }

    /// The id in lower case, 8-4-4-4-12.
    package static func text(_ sources: [String]) -> String {
        let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013B
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        for source in sources {
            for byte in Array(source.utf8) + [0xFF] { hash = (hash ^ UInt128(byte)) &* prime }
        }
        hash = hash & ~(0xF << 76) | 0x8 << 76
        hash = hash & ~(0x3 << 62) | 0x2 << 62
        let digits = String(hash, radix: 16)
        return hyphenated(String(repeating: "0", count: 32 - digits.count) + digits)
    }

    /// 32 hexadecimal digits as a UUID is written.
    package static func hyphenated(_ digits: String) -> String {
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }
}
