import DifyProtocol

/// Which of Dify's models a message's body is: pydantic tries all of them and takes the one that most given fields
/// belong to, then the one that fits more exactly, then the first.
enum MessageUnion {
    struct Match {
        let model: PydanticModel
        let fields: [(name: String, value: PythonValue)]
        let fit: Fit

        fileprivate func isBetter(than other: Match?) -> Bool {
            guard let other else { return true }
            let (count, best) = (fit.fieldsSet ?? 0, other.fit.fieldsSet ?? 0)
            return count == best ? fit.exactness > other.fit.exactness : count > best
        }

        /// The value of a field.
        subscript(name: String) -> PythonValue? { fields.first { $0.name == name }?.value }
    }

    /// - Returns: nil when no model fits; then the findings say why.
    /// - Throws: ``PythonException/other(_:)``.
    static func match(
        _ body: PythonObject, among models: MessageModels, findings: inout [PydanticFinding]
    ) throws(PythonException) -> Match? {
        var best: Match?
        var found: [PydanticFinding] = []
        for model in models.all {
            var inner: [PydanticFinding] = []
            if let (fields, fit) = try model.read(body, findings: &inner) {
                let match = Match(model: model, fields: fields, fit: fit)
                if match.isBetter(than: best) { best = match }
            }
            found += inner.map { $0.within(model.name) }
        }
        if best != nil { return best }
        // Most are about the body as a whole.
        let shown = PydanticFinding.shortened(body.repr)
        for var finding in found {
            if case .object = finding.input { finding.input = .shown(shown) }
            findings.append(finding)
        }
        return nil
    }
}
