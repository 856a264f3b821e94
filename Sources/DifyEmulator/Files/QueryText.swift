import DifyProtocol

/// The query of an address as Python's `urllib` writes it and Dify's `werkzeug` reads it.
package enum QueryText {
    /// `a=1&b=x+y`: a space becomes `+`, all but letters, digits and `_.-~` is percent-encoded.
    static func encode(_ parameters: [(String, String)]) -> String {
        parameters.map { "\(escape($0.0))=\(escape($0.1))" }.joined(separator: "&")
    }

    /// The parameters in order, as texts. Of several with one name the first counts.
    static func decode(_ query: String) -> JSONObject {
        var parameters = JSONObject()
        for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = unescape(parts[0])
            guard parameters[name] == nil else { continue }
            parameters[name] = .string(parts.count > 1 ? unescape(parts[1]) : "")
        }
        return parameters
    }

    /// Percent-encodes a text as `urllib.parse.quote` does.
    ///
    /// - Parameter safe: Characters that stay beside letters, digits and `_.-~`.
    package static func quote(_ text: String, safe: String = "/") -> String {
        var quoted = ""
        for byte in text.utf8 {
            if isUnreserved(byte) || safe.utf8.contains(byte) {
                quoted.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                quoted += byte < 0x10 ? "%0" : "%"
                quoted += String(byte, radix: 16, uppercase: true)
            }
        }
        return quoted
    }

    private static func escape(_ text: String) -> String { quote(text, safe: " ").replacing(" ", with: "+") }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func unescape(_ text: Substring.UTF8View) -> String {
        let bytes = text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return String(decoding: unquote(bytes[...]), as: UTF8.self)
    }

    /// The bytes that percent-encoded ones stand for. A `%` without two digits stays as it is.
    package static func unquote(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(isHexDigit),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { Unicode.Scalar(byte).properties.isASCIIHexDigit }
}
