/// Texts in the formats that JSON schema names.
enum SchemaFormat {
    /// A text in this format; nil for formats that are not known here.
    ///
    /// - Parameters:
    ///   - name: What the value is called.
    ///   - key: What ids follow from.
    ///   - ordinal: Another number gives another text.
    static func text(_ format: String, name: String, key: String, ordinal: Int) -> String? {
        let word = slug(name) + (ordinal == 0 ? "" : "-\(ordinal + 1)")
        switch format {
        case "date-time": return date(ordinal) + "T09:30:00Z"
        case "date": return date(ordinal)
        case "time": return "\(padded(9 + ordinal / 60 % 12)):\(padded(ordinal % 60)):00Z"
        case "duration": return "P\(ordinal + 1)D"
        case "email", "idn-email": return "\(word)@example.com"
        case "hostname", "idn-hostname": return "\(word).example.com"
        case "ipv4": return "192.0.\(2 + ordinal / 250 % 250).\(1 + ordinal % 250)"
        case "ipv6": return "2001:db8::\(String(ordinal + 1, radix: 16))"
        case "uri", "url", "iri", "uri-reference", "iri-reference", "uri-template": return "https://example.com/\(word)"
        case "uuid", "uuid4": return uuid(key, name, ordinal)
        case "json-pointer": return "/\(word)"
        case "relative-json-pointer": return "\(ordinal)"
        case "regex": return "^\(word)$"
        default: return nil
        }
    }

    /// Days from 15 January 2025 on, in months of 28 days.
    private static func date(_ ordinal: Int) -> String {
        let day = 14 + ordinal
        return "\(2025 + day / 336)-\(padded(1 + day / 28 % 12))-\(padded(1 + day % 28))"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Of version 4, which most programs expect.
    private static func uuid(_ key: String, _ name: String, _ ordinal: Int) -> String {
        let digits = ProviderUUID(seed: ordinal, key, name).description
        return digits.prefix(14) + "4" + digits.dropFirst(15)
    }

    /// The name in small ASCII letters and digits, with hyphens between.
    static func slug(_ name: String) -> String {
        let parts = name.lowercased().unicodeScalars.prefix(40).split { !($0.isASCII && $0.isWordPart) }
        return parts.isEmpty ? "text" : parts.map { String($0) }.joined(separator: "-")
    }
}
