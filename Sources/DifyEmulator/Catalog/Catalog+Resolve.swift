import DifyProtocol

/// A resolved call: the tool and the id of its provider as it was looked up.
typealias Resolution = Result<CatalogTool, FailedLookup>

/// A lookup that Dify refuses, with what the emulator knows about it.
struct FailedLookup: Error {
    let refusal: Refusal
    let notes: [String]
}

extension Catalog {
    /// Finds a tool as Dify does.
    func resolve(_ call: ToolInvocation, kind: ToolKind) -> Resolution {
        switch kind {
        case .builtin: resolveBuiltin(call)
        case .workflow: resolveWorkflow(call)
        case .api: resolveAPI(call)
        }
    }

    private func resolveBuiltin(_ call: ToolInvocation) -> Resolution {
        let id: String
        if HardcodedProviders.names.contains(call.provider) {
            id = call.provider
        } else {
            do {
                id = try ToolProviderID(call.provider).description
            } catch {
                return .failure(FailedLookup(refusal: error, notes: notes(onProvider: call.provider, kind: .builtin)))
            }
        }
        guard let provider = builtin[id] else {
            let lookedUp = id == call.provider ? [] : ["\(call.provider) was looked up as \(id)"]
            return .failure(
                FailedLookup(
                    refusal: .internalServerError,
                    notes: lookedUp + ["no installed plugin provides \(id)"]
                        + notes(onProvider: call.provider, kind: .builtin)))
        }
        guard let tool = provider.tools.first(where: { $0.identity.tool == call.tool }) else {
            let isHardcoded = HardcodedProviders.names.contains(id)
            let message =
                isHardcoded ? "builtin tool \(call.tool) not found" : "Tool with name \(call.tool) not found"
            return .failure(
                FailedLookup(refusal: .invalidParameter(message), notes: notes(onTool: call.tool, in: provider.tools)))
        }
        if let refusal = refusal(ofCredential: call.credentialID, for: provider, given: call.provider) {
            return .failure(FailedLookup(refusal: refusal, notes: []))
        }
        return .success(tool)
    }

    private func resolveWorkflow(_ call: ToolInvocation) -> Resolution {
        guard let id = ProviderUUID(call.provider) else { return .failure(notAnID(call, kind: .workflow)) }
        // Dify never compares the tool's name: a workflow provider has exactly one tool.
        guard let tool = workflows[id] else {
            return .failure(
                FailedLookup(
                    refusal: .invalidParameter("workflow provider \(call.provider) not found"),
                    notes: notes(onProvider: call.provider, kind: .workflow)))
        }
        return .success(tool)
    }

    private func resolveAPI(_ call: ToolInvocation) -> Resolution {
        guard let id = ProviderUUID(call.provider) else { return .failure(notAnID(call, kind: .api)) }
        guard let provider = apis[id] else {
            return .failure(
                FailedLookup(
                    refusal: .invalidParameter("api provider \(call.provider) not found"),
                    notes: notes(onProvider: call.provider, kind: .api)))
        }
        guard let tool = provider.tools.first(where: { $0.identity.tool == call.tool }) else {
            return .failure(
                FailedLookup(
                    refusal: .invalidParameter("tool \(call.tool) not found"),
                    notes: notes(onTool: call.tool, in: provider.tools)))
        }
        return .success(tool)
    }

    /// PostgreSQL refuses to compare its ids with other text, and Dify shows that as an internal error.
    private func notAnID(_ call: ToolInvocation, kind: ToolKind) -> FailedLookup {
        FailedLookup(
            refusal: .internalServerError,
            notes: ["providers of \(kind.rawValue) tools are called by UUID, and \"\(call.provider)\" is none"]
                + notes(onProvider: call.provider, kind: kind))
    }

    /// Dify's choice of stored credentials (plugin providers): by id anywhere in the tenant, else the default.
    private func refusal(
        ofCredential id: String, for provider: BuiltinProvider, given: String
    ) -> Refusal? {
        guard let credentials = provider.credentials else { return nil }
        if let id = ProviderUUID(id) {
            return credentialIDs.contains(id) ? nil : .invalidParameter("provider has been deleted: \(id)")
        }
        return credentials.isEmpty ? .invalidParameter("no default provider for \(given)") : nil
    }
}
