import DifyProtocol

/// A `Content-Type` as Python's `email` package takes it apart, which Dify's HTTP client leaves that to.
enum ContentType {
    /// The `charset`, in lower case; nil when there is none or it is not ASCII.
    static func charset(of header: String) -> String? {
        for parameter in parameters(of: header) {
            let name: Substring
            var value: String
            if let equals = parameter.firstIndex(of: "=") {
                name = parameter[..<equals]
                value = PythonText.strip(String(parameter[parameter.index(after: equals)...]))
            } else {
                (name, value) = (parameter[...], "")
            }
            guard PythonText.strip(String(name)).lowercased() == "charset" else { continue }
            value = unquoted(value)
            return value.utf8.allSatisfy { $0 < 0x80 } ? value.lowercased() : nil
        }
        return nil
    }

    /// The pieces between semicolons that stand in no quotes. The media type is one of them.
    private static func parameters(of header: String) -> [String] {
        var parameters: [String] = []
        var current = ""
        var isQuoted = false
        var previous: Unicode.Scalar = " "
        for scalar in header.unicodeScalars {
            if scalar == ";", !isQuoted || current.isEmpty {
                parameters.append(current)
                (current, isQuoted) = ("", false)
            } else {
                if scalar == "\"", previous != "\\" { isQuoted.toggle() }
                current.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        // Quotes that nothing closes end with the header.
        return parameters + [current]
    }

    private static func unquoted(_ value: String) -> String {
        guard value.utf8.count > 1 else { return value }
        if value.hasPrefix("\""), value.hasSuffix("\"") {
            return String(value.dropFirst().dropLast())
                .replacing("\\\\", with: "\\").replacing("\\\"", with: "\"")
        }
        if value.hasPrefix("<"), value.hasSuffix(">") { return String(value.dropFirst().dropLast()) }
        return value
    }
}
