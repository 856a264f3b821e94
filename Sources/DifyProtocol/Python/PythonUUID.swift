/// What Python's `uuid.UUID` reads, by which Dify checks ids that a request names.
///
/// Braces, `urn:uuid:` and any hyphens are taken away; what is left must be 32 characters that `int(…, 16)` reads.
package enum PythonUUID {
    /// The id in lower case with hyphens; nil for a text that is none.
    package static func normalised(_ text: String) -> String? {
        let plain = text.replacing("urn:", with: "").replacing("uuid:", with: "")
        let digits = Array(plain.trimming("{}").unicodeScalars.filter { $0 != "-" })
        guard digits.count == 32, let number = number(digits) else { return nil }
        let hex = String(number, radix: 16)
        let padded = String(repeating: "0", count: 32 - hex.count) + hex
        var rest = padded[...]
        return [8, 4, 4, 4, 12].map { length in
            let part = rest.prefix(length)
            rest = rest.dropFirst(length)
            return String(part)
        }.joined(separator: "-")
    }

    /// `int(text, 16)` of a text without hyphens: white space around it, a plus, `0x` and single underscores are fine.
    private static func number(_ digits: [Unicode.Scalar]) -> UInt128? {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: digits)
        var text = PythonText.strip(String(view))[...]
        if text.hasPrefix("+") { text = text.dropFirst() }
        var mayUnderscore = false
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            text = text.dropFirst(2)
            mayUnderscore = true
        }
        var number: UInt128?
        for scalar in text.unicodeScalars {
            if scalar == "_" {
                guard mayUnderscore else { return nil }
                mayUnderscore = false
                continue
            }
            guard let digit = value(of: scalar) else { return nil }
            number = (number ?? 0) << 4 | UInt128(digit)
            mayUnderscore = true
        }
        return mayUnderscore ? number : nil
    }

    private static func value(of scalar: Unicode.Scalar) -> Int? {
        if let digit = Character(scalar).hexDigitValue, scalar.isASCII { return digit }
        guard scalar.properties.generalCategory == .decimalNumber else { return nil }
        return scalar.properties.numericValue.map { Int($0) }
    }
}

extension String {
    /// `text.strip(characters)`
    fileprivate func trimming(_ characters: String) -> Substring {
        let isEdge = { (character: Character) in characters.contains(character) }
        var text = self[...].drop(while: isEdge)
        while let last = text.last, isEdge(last) { text.removeLast() }
        return text
    }
}
