import DifyProtocol

/// An address of the web as pydantic's `HttpUrl` takes it, in its common cases.
enum WebAddress {
    /// What pydantic finds wrong with an address.
    struct Complaint {
        let message: String
        let type: String
        let input: String

        /// The complaint about a field.
        func at(_ field: String) -> PydanticFinding {
            PydanticFinding(path: [field], message: message, type: type, input: .value(.json(.string(input))))
        }
    }

    private static let longest = 2083

    /// - Returns: nil for an address that is taken.
    static func complaint(about text: String) -> Complaint? {
        if text.unicodeScalars.count > longest {
            return Complaint(
                message: "URL should have at most \(longest) characters", type: "url_too_long", input: text)
        }
        let address = PythonText.strip(text)
        if address.isEmpty { return unreadable("input is empty", text) }
        guard let colon = address.firstIndex(of: ":"), isScheme(address[..<colon]) else {
            return unreadable("relative URL without a base", text)
        }
        guard ["http", "https"].contains(address[..<colon].lowercased()) else {
            return Complaint(message: "URL scheme should be 'http' or 'https'", type: "url_scheme", input: text)
        }
        guard !host(of: address).isEmpty else { return unreadable("empty host", text) }
        return (try? ClientURL(normal(address))).map { _ in nil } ?? unreadable("invalid port number", text)
    }

    /// The address with two slashes behind its scheme, however many there are.
    static func normal(_ text: String) -> String {
        let address = PythonText.strip(text)
        guard let colon = address.firstIndex(of: ":") else { return address }
        let rest = address[address.index(after: colon)...].drop { $0 == "/" || $0 == "\\" }
        return "\(address[..<colon].lowercased())://\(rest)"
    }

    private static func host(of address: String) -> Substring {
        let authority = normal(address).drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }
        return (authority.split(separator: "@").last ?? "").prefix { $0 != ":" }
    }

    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20) else {
            return false
        }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    }

    private static func unreadable(_ what: String, _ text: String) -> Complaint {
        Complaint(message: "Input should be a valid URL, \(what)", type: "url_parsing", input: text)
    }
}
