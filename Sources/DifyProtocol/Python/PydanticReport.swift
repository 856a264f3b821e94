/// The text of a validation error of pydantic, which Dify shows as it stands: what is wrong with which field.
package struct PydanticReport: Error, Sendable, Hashable {
    /// One thing that is wrong.
    package struct Finding: Sendable, Hashable {
        /// Where: a field, and within it an index; empty for the value as a whole.
        let location: [String]
        let message: String
        /// The kind of error, by pydantic's name.
        let type: String
        let input: JSONValue

        package init(at location: [String], _ message: String, type: String, input: JSONValue) {
            self.location = location
            self.message = message
            self.type = type
            self.input = input
        }
    }

    private let model: String
    /// In the order of the model's fields.
    package var findings: [Finding] = []

    package init(model: String) { self.model = model }

    /// The report with one more finding about the value as a whole.
    package func with(_ message: String, type: String, input: JSONValue) -> PydanticReport {
        var report = self
        report.findings.append(Finding(at: [], message, type: type, input: input))
        return report
    }

    /// `str(error)`
    package var text: String {
        let plural = findings.count == 1 ? "" : "s"
        return "\(findings.count) validation error\(plural) for \(model)\n"
            + findings.map(\.text).joined(separator: "\n")
    }
}

extension PydanticReport.Finding {
    /// Kinds that the models of Dify's libraries define for themselves, about which pydantic has no page.
    private static let typesWithoutPage: Set<String> = ["sequence_str"]

    fileprivate var text: String {
        var lines = location.isEmpty ? [] : [location.joined(separator: ".")]
        lines.append(
            "  \(message) [type=\(type), input_value=\(shownInput), input_type=\(PythonText.typeName(input))]")
        if !Self.typesWithoutPage.contains(type) {
            lines.append("    For further information visit https://errors.pydantic.dev/2.12/v/\(type)")
        }
        return lines.joined(separator: "\n")
    }

    /// The input's `repr`; of one longer than 50 bytes whole letters from the first 25 and the last 24.
    private var shownInput: String {
        let repr = PythonText.repr(input)
        guard repr.utf8.count > 50 else { return repr }
        let start = letters(repr.unicodeScalars, bytes: 25)
        let end = letters(repr.unicodeScalars.reversed(), bytes: 24).reversed()
        return "\(Self.text(start))...\(Self.text(end))"
    }

    private func letters(_ scalars: some Sequence<Unicode.Scalar>, bytes: Int) -> [Unicode.Scalar] {
        var left = bytes
        return scalars.prefix { scalar in
            left -= UTF8.width(scalar)
            return left >= 0
        }.map(\.self)
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
