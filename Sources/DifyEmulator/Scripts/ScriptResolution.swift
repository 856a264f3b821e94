import DifyProtocol

/// Sets scripts against the tools of a workspace: they may name only what it has.
struct ScriptResolution {
    let tools: [CatalogTool]

    /// The script with its provider looked up: a plugin's id in any accepted form, a UUID, or a seed's name.
    func resolve(_ entry: ScriptEntry, position: Int) -> Result<Script, SeedMistake> {
        let candidates = tools.filter { entry.kind == nil || entry.kind == $0.identity.kind }
        var provider: String?
        if let given = entry.provider {
            guard let found = candidates.first(where: { $0.isProvided(by: given) }) else {
                return .failure(mistake(entry, noProvider: given, among: candidates))
            }
            provider = found.identity.provider
        }
        let named = candidates.filter { provider == nil || $0.identity.provider == provider }
        if let tool = entry.tool, !named.contains(where: { $0.identity.tool == tool }) {
            let nearest = Nearest.matches(tool, in: named.map(\.identity.tool)).map { "\"\($0)\"" }
            let hint = nearest.isEmpty ? "" : "; nearest: \(nearest.joined(separator: ", "))"
            let message =
                "the script's match names the tool \"\(tool)\", which \(provider ?? "the workspace") lacks\(hint)"
            return .failure(SeedMistake(place: entry.matchPlace, message: message))
        }
        if let mistake = mistypedParameter(of: entry, in: named) { return .failure(mistake) }
        return .success(Script(entry: entry, provider: provider, position: position))
    }

    /// A parameter that none of the script's tools declares and that looks like one of theirs. Other undeclared names
    /// may be meant: Dify passes them on.
    private func mistypedParameter(of entry: ScriptEntry, in named: [CatalogTool]) -> SeedMistake? {
        let tools = named.filter { entry.tool == nil || $0.identity.tool == entry.tool }
        let declared = Set(tools.flatMap { $0.parameters.map(\.name) })
        for condition in entry.conditions where entry.tool != nil && !declared.contains(condition.parameter) {
            guard let nearest = Nearest.mistyped(condition.parameter, among: declared) else { continue }
            let message =
                "\(entry.tool ?? "") has no parameter \"\(condition.parameter)\"; did you mean \"\(nearest)\"?"
            return SeedMistake(place: entry.matchPlace, message: message)
        }
        return nil
    }

    private func mistake(
        _ entry: ScriptEntry, noProvider given: String, among candidates: [CatalogTool]
    ) -> SeedMistake {
        let names = candidates.flatMap { [$0.identity.provider, $0.providerName] }
        let nearest = Nearest.matches(given, in: names)
        let hint = nearest.isEmpty ? "" : "; nearest: \(nearest.joined(separator: ", "))"
        let kind = entry.kind.map { "\($0.rawValue) " } ?? ""
        let message = "the script's match names the \(kind)provider \"\(given)\", which the workspace lacks\(hint)"
        return SeedMistake(place: entry.matchPlace, message: message)
    }
}
