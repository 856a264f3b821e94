import DifyProtocol

extension PythonText {
    /// `text.lower()`, by the tables of Python 3.12 (Unicode 15). Unlike Swift's, it gives a capital sigma at the end
    /// of a word its final form.
    static func lowercased(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            if scalar == "Σ" {
                let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
                let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
                let isFinal = before?.properties.isCased == true && after?.properties.isCased != true
                result += isFinal ? "ς" : "σ"
            } else {
                result += scalar.isKnown(to: 15) ? scalar.properties.lowercaseMapping : String(scalar)
            }
        }
        return result
    }
}
