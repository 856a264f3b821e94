import DifyProtocol

extension [WorkflowEntry] {
    /// What Dify does not let stand side by side, and what a workflow calls that is not there.
    var conflicts: [SeedMistake] {
        var mistakes: [SeedMistake] = []
        var names: Set<String> = []
        var apps: Set<ProviderUUID> = []
        for entry in self {
            guard let workflow = entry.tool.workflow else { continue }
            let name = workflow.name
            if !names.insert(name).inserted {
                let text = "Tool with name \(name) already exists, with another id"
                let remedy = "give the entry that id, or load with --replace"
                mistakes.append(SeedMistake(place: entry.place, message: "\(text): \(remedy)"))
            } else if !apps.insert(workflow.appID).inserted {
                let text = "Tool with name \(name) or app_id \(workflow.appID) already exists"
                let reason = "an app's workflow is published as one tool only"
                mistakes.append(SeedMistake(place: entry.place, message: "\(text): \(reason)"))
            }
        }
        return mistakes + flatMap { unknownCalls(of: $0) }
    }

    /// A name that no workflow has. An id may be one of another Dify, from where a file was exported.
    private func unknownCalls(of entry: WorkflowEntry) -> [SeedMistake] {
        let names = map(\.tool.providerName)
        let called = (entry.tool.workflow?.calls ?? []).map(\.provider)
        return called.filter { ProviderUUID($0) == nil && !names.contains($0) }.map { name in
            let nearest = Nearest.matches(name, in: names, limit: 1).first.map { "; did you mean \"\($0)\"?" } ?? ""
            let text = "\(entry.tool.providerName) calls the workflow \"\(name)\", which the workspace lacks"
            return SeedMistake(place: entry.place, message: text + nearest)
        }
    }
}
