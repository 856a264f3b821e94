/// How deep workflow tools may call each other (`WORKFLOW_CALL_MAX_DEPTH`).
///
/// A plugin's call runs at depth 3, and each tool node adds 2. A run that would be too deep ends with an exception; the
/// run above it fails with that text, and the tool node of the next one puts its own words around it.
struct WorkflowNesting {
    private static let maximum = 5
    /// The depth of a run that a plugin's call starts.
    static let depthOfCalls = 3

    /// The workflow tool with a provider's id or name; nil for one that the workspace lacks.
    let tool: (String) -> PublishedWorkflow?

    /// Why a run fails for the workflow tools that it calls; nil when all of them can run.
    func failure(of workflow: PublishedWorkflow, depth: Int = Self.depthOfCalls) -> String? {
        for call in workflow.calls {
            guard let nested = tool(call.provider) else { continue }
            guard depth + 2 <= Self.maximum else { return "Max workflow call depth \(Self.maximum) reached." }
            if let failure = failure(of: nested, depth: depth + 2) {
                return "Failed to invoke tool \(call.label ?? nested.label): \(failure)"
            }
        }
        return nil
    }

    /// What there is to say about tools that the workspace lacks. Dify's run would fail; here it goes on.
    func notes(on workflow: PublishedWorkflow) -> [String] {
        let missing = workflow.calls.map(\.provider).filter { tool($0) == nil }
        return missing.first.map { first in
            let others = missing.count > 1 ? " (and \(missing.count - 1) more)" : ""
            return [
                "the workflow calls the workflow tool \(first)\(others), which the workspace lacks: "
                    + "in Dify the run fails with \"Failed to get tool runtime: workflow provider \(first) not found\""
            ]
        } ?? []
    }
}
