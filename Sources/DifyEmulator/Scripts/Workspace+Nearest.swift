import DifyProtocol

extension Workspace {
    /// The script that came nearest to a call which none answered, and why it did not; nil without scripts.
    func nearest(of scripts: [Script], to facts: JSONObject) -> String? {
        let nearest = scripts.min { $0.failures(for: facts).count < $1.failures(for: facts).count }
        return nearest.map { "script \"\($0.title)\"" + reason($0, facts) }
    }

    private func reason(_ script: Script, _ facts: JSONObject) -> String {
        let failures = script.failures(for: facts)
        guard failures.isEmpty else {
            return ": " + failures.map { $0.complaint(about: facts) }.joined(separator: ", ")
        }
        return " matched but is used up (\(uses(of: script)) of \(script.entry.times ?? 0))"
    }
}
