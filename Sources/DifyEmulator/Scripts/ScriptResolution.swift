import DifyProtocol

/// Sets scripts against the entries of a workspace: they may name only what it has.
struct ScriptResolution {
    let tools: [CatalogTool]
    let models: [CatalogModel]
    let apps: [CatalogApp]

    /// The script with its names looked up: a provider's id in any accepted form, a UUID, or a seed's name.
    func resolve(_ entry: ScriptEntry, position: Int) -> Result<Script, SeedMistake> {
        let target: Result<Script.Target, SeedMistake>
        if entry.match.type == .tool {
            target = toolTarget(entry)
        } else if MatchWords.words(for: entry.match.type).names.contains("model") {
            target = modelTarget(entry)
        } else {
            target = appTarget(entry)
        }
        return target.map { Script(entry: entry, target: $0, position: position) }
    }

    private func mistake(_ entry: ScriptEntry, _ what: String, nearest names: [String]) -> SeedMistake {
        let hint = names.isEmpty ? "" : "; nearest: \(names.joined(separator: ", "))"
        return SeedMistake(place: entry.matchPlace, message: "the script's match names the \(what)\(hint)")
    }

    // MARK: - Tools

    private func toolTarget(_ entry: ScriptEntry) -> Result<Script.Target, SeedMistake> {
        let match = entry.match
        let candidates = tools.filter { match.kind == nil || match.kind == $0.identity.kind }
        var provider: String?
        if let given = match.provider {
            guard let found = candidates.first(where: { $0.isProvided(by: given) }) else {
                let names = candidates.flatMap { [$0.identity.provider, $0.providerName] }
                let kind = match.kind.map { "\($0.rawValue) " } ?? ""
                return .failure(
                    mistake(
                        entry, "\(kind)provider \"\(given)\", which the workspace lacks",
                        nearest: Nearest.matches(given, in: names)))
            }
            provider = found.identity.provider
        }
        let named = candidates.filter { provider == nil || $0.identity.provider == provider }
        if let tool = match.tool, !named.contains(where: { $0.identity.tool == tool }) {
            let nearest = Nearest.matches(tool, in: named.map(\.identity.tool)).map { "\"\($0)\"" }
            return .failure(
                mistake(
                    entry, "tool \"\(tool)\", which \(provider ?? "the workspace") lacks", nearest: nearest))
        }
        if let mistake = mistypedParameter(of: entry, in: named) { return .failure(mistake) }
        return .success(Script.Target(provider: provider))
    }

    /// A parameter that none of the script's tools declares and that looks like one of theirs. Other undeclared names
    /// may be meant: Dify passes them on.
    private func mistypedParameter(of entry: ScriptEntry, in named: [CatalogTool]) -> SeedMistake? {
        guard let tool = entry.match.tool else { return nil }
        let declared = Set(named.filter { $0.identity.tool == tool }.flatMap { $0.parameters.map(\.name) })
        for condition in entry.conditions where !declared.contains(condition.name) {
            guard let nearest = Nearest.mistyped(condition.name, among: declared) else { continue }
            let message = "\(tool) has no parameter \"\(condition.name)\"; did you mean \"\(nearest)\"?"
            return SeedMistake(place: entry.matchPlace, message: message)
        }
        return nil
    }

    // MARK: - Models and apps

    private func modelTarget(_ entry: ScriptEntry) -> Result<Script.Target, SeedMistake> {
        let match = entry.match
        guard let type = match.type.modelType else { return .success(Script.Target()) }
        let candidates = models.map(\.identity).filter { $0.type == type }
        var provider: String?
        if let given = match.provider {
            let key = try? ModelProviderID.lookUpKey(given)
            guard let found = candidates.first(where: { $0.provider == key }) else {
                let nearest = Nearest.matches(given, in: candidates.map(\.provider))
                return .failure(
                    mistake(
                        entry, "provider \"\(given)\", of which the workspace has no \(type.rawValue) model",
                        nearest: nearest))
            }
            provider = found.provider
        }
        let named = candidates.filter { provider == nil || $0.provider == provider }
        if let model = match.model, !named.contains(where: { $0.model == model }) {
            return .failure(
                mistake(
                    entry, "\(type.rawValue) model \"\(model)\", which \(provider ?? "the workspace") lacks",
                    nearest: Nearest.matches(model, in: named.map(\.model))))
        }
        return .success(Script.Target(provider: provider))
    }

    private func appTarget(_ entry: ScriptEntry) -> Result<Script.Target, SeedMistake> {
        guard let given = entry.match.app else {
            let modes = Set(apps.map(\.mode))
            let complaints = modes.map { entry.answer.wordsThatDoNotFit($0) }
            if entry.match.type == .app, !modes.isEmpty, complaints.allSatisfy({ !$0.isEmpty }) {
                let message = "no app of the workspace knows this: \(complaints.compactMap(\.first).sorted()[0])"
                return .failure(SeedMistake(place: entry.place, message: message))
            }
            return .success(Script.Target())
        }
        guard let app = apps.first(where: { $0.isCalled(given) }) else {
            let nearest = Nearest.matches(given, in: apps.map(\.name))
            return .failure(mistake(entry, "app \"\(given)\", which the workspace lacks", nearest: nearest))
        }
        if entry.match.type == .app, let complaint = entry.answer.wordsThatDoNotFit(app.mode).first {
            return .failure(SeedMistake(place: entry.place, message: complaint))
        }
        let declared = app.inputs.map(\.name)
        for condition in entry.conditions where condition.container == "inputs" && !declared.contains(condition.name) {
            let nearest = Nearest.matches(condition.name, in: declared, limit: 1).first.map {
                "; did you mean \"\($0)\"?"
            }
            let message = "\(app.name) has no input \"\(condition.name)\", and Dify drops what it does not know"
            return .failure(SeedMistake(place: entry.matchPlace, message: message + (nearest ?? "")))
        }
        return .success(Script.Target(app: app.id))
    }
}

extension CatalogApp {
    /// Whether this is how a seed may call the app: by id or by name.
    func isCalled(_ given: String) -> Bool { name == given || ProviderUUID(given) == id }
}
