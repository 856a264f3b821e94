import DifyProtocol
import Foundation

/// The formats of schemas that servers refuse values by.
enum ValueFormat {
    /// What is wrong with a value in this format; nil when nothing is, or the format is not known here.
    static func problem(of value: JSONValue, format: String?) -> String? {
        switch (format, value) {
        case ("int32", .number(let number)):
            number.isWithin(-0x8000_0000...0x7FFF_FFFF) ? nil : "\(value) has over 32 bits"
        case ("int64", .number(let number)): number.isWithin(Int.min...Int.max) ? nil : "\(value) has over 64 bits"
        case (let format?, .string(let text)):
            name(of: format, unlessIn: text).map { "\(value.shown) is no \($0)" }
        default: nil
        }
    }

    /// What the format calls for; nil for a text that is in it.
    private static func name(of format: String, unlessIn text: String) -> String? {
        switch format {
        case "date": isDate(text[...]) ? nil : "date such as 2025-01-31"
        case "date-time": isMoment(text) ? nil : "date with time such as 2025-01-31T09:30:00Z"
        case "time": isTime(text[...]) ? nil : "time such as 09:30:00Z"
        case "uuid": UUID(uuidString: text) != nil ? nil : "UUID"
        case "email": isAddress(text) ? nil : "email address"
        case "ipv4": isAddress(text, AF_INET) ? nil : "IPv4 address"
        case "ipv6": isAddress(text, AF_INET6) ? nil : "IPv6 address"
        case "uri", "url": isURI(text) ? nil : "address such as https://example.com/"
        case "byte": Data(base64Encoded: text) != nil ? nil : "base64"
        default: nil
        }
    }

    private static func isDate(_ text: Substring) -> Bool {
        guard let match = text.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/)?.output,
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
        else { return false }
        return PythonDate(year: year, month: month, day: day) != nil
    }

    private static func isMoment(_ text: String) -> Bool {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { "Tt ".contains($0) }
        return parts.count == 2 && isDate(parts[0]) && isTime(parts[1])
    }

    private static func isTime(_ text: Substring) -> Bool {
        let time = /([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[+\-]([01][0-9]|2[0-3]):[0-5][0-9])/
        return text.wholeMatch(of: time) != nil
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isWhitespace) }
    }

    private static func isAddress(_ text: String, _ family: Int32) -> Bool {
        var bytes = in6_addr()
        return inet_pton(family, text, &bytes) == 1
    }

    private static func isURI(_ text: String) -> Bool {
        text.prefixMatch(of: /[A-Za-z][A-Za-z0-9+.\-]*:/) != nil && !text.contains(where: \.isWhitespace)
    }
}

extension JSONNumber {
    /// Whether the number is a whole one of the range, or none that the format speaks of.
    fileprivate func isWithin(_ range: ClosedRange<Int>) -> Bool {
        if isInteger { return integer.map(range.contains) ?? (literal == "-0") }
        return double >= Double(range.lowerBound) && double <= Double(range.upperBound)
    }
}
