import DifyProtocol

/// What came nearest to a call that found nothing.
extension Catalog {
    /// What is known about a provider that a call of this kind did not find.
    func notes(onProvider given: String, kind: ToolKind) -> [String] {
        if let owner = ownerOfOtherKind(given, than: kind) { return [owner] }
        if let named = tools.first(where: { $0.identity.kind == kind && $0.providerName == given }) {
            return [
                "\"\(given)\" is the name of \(kind.rawValue) provider \(named.identity.provider): call it by that id"
            ]
        }
        if let named = tools.first(where: { $0.providerName == given }) {
            let identity = named.identity
            return [
                "\"\(given)\" is \(identity.kind.rawValue) provider \(identity.provider), called with that kind and id"
            ]
        }
        let sameProvider = tools.filter { tool in
            tool.identity.kind == kind && kind == .builtin
                && tool.identity.provider.split(separator: "/").last == given.split(separator: "/").last
        }
        let nearby =
            sameProvider.isEmpty
            ? Nearest.matches(given, in: tools.filter { $0.identity.kind == kind }.flatMap(Self.providerSpellings))
            : Array(Set(sameProvider.map(\.identity.provider))).sorted()
        if !nearby.isEmpty { return ["nearest \(kind.rawValue) providers: " + nearby.joined(separator: ", ")] }
        let count = Set(tools.filter { $0.identity.kind == kind }.map(\.identity.provider)).count
        return ["the workspace has \(count) \(kind.rawValue) providers; `dify-emulator tools` lists them"]
    }

    /// What is known about a tool name that a provider lacks.
    func notes(onTool name: String, in candidates: [CatalogTool]) -> [String] {
        let names = candidates.map(\.identity.tool)
        if let other = names.first(where: { $0.lowercased() == name.lowercased() }) {
            return ["tool names are compared letter by letter: this one is \"\(other)\""]
        }
        let nearby = Nearest.matches(name, in: names)
        guard nearby.isEmpty else {
            return ["nearest names: " + nearby.map { "\"\($0)\"" }.joined(separator: ", ")]
        }
        let shown = names.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
        return ["the provider's tools: \(shown)\(names.count > 8 ? ", …" : "")"]
    }

    private func ownerOfOtherKind(_ given: String, than kind: ToolKind) -> String? {
        if let id = ProviderUUID(given) {
            if kind != .workflow, let workflow = workflows[id] {
                return "\(id) is the workflow \"\(workflow.providerName)\": call it with kind workflow"
            }
            if kind != .api, let api = apis[id] {
                return "\(id) is the API \"\(api.name)\": call it with kind api"
            }
        } else if kind != .builtin, let id = try? ToolProviderID(given), builtin[id.description] != nil {
            return "\(id) is a plugin's provider: call it with kind builtin"
        }
        return nil
    }

    private static func providerSpellings(_ tool: CatalogTool) -> [String] {
        tool.identity.provider == tool.providerName
            ? [tool.identity.provider] : [tool.identity.provider, tool.providerName]
    }
}
