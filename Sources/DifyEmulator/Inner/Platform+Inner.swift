package import DifyProtocol

extension Platform {
    /// Answers a request of the inner API: what the platform says to its plugin daemon, before the daemon passes it on.
    ///
    /// Permissions and the form of the plugin's request are the daemon's business; nobody looks at them here.
    ///
    /// - Parameter user: The user of the plugin's session; empty for none.
    package func answer(_ request: InnerRequest, in workspace: Workspace, user: String) -> Answer {
        switch request {
        case .call(let call):
            let catalog = workspace.catalog
            let context = CallContext(
                workspace: workspace, catalog: catalog, caller: Caller(plugin: catalog.state.caller.plugin, user: user),
                platform: self, invocation: call.invocation, speaksToDaemon: true)
            return context.answer(call)
        case .encryption(let request): return answer(request, in: workspace)
        case .download(let request): return answer(request, in: workspace)
        case .unavailable(let text):
            let failure = ReplyFailure("dify-emulator: \(text)")
            return Answer([.error(failure)], Diagnosis(call: "inner API", source: .refusal), clock: options.clock)
        }
    }

    private func answer(_ request: EncryptionRequest, in workspace: Workspace) -> Answer {
        let title = "\(request.operation.rawValue) settings of endpoint \(request.identity)"
        let cipher = SecretCipher(tenantID: workspace.tenantID, seed: workspace.catalog.seed)
        do {
            return told(try request.answer(cipher), title)
        } catch {
            let failure = ReplyFailure(error.message, cause: .exception(error.message))
            return Answer([.error(failure)], Diagnosis(call: title, source: .platform), clock: options.clock)
        }
    }

    private func answer(_ request: DownloadRequest, in workspace: Workspace) -> Answer {
        do {
            return told(try request.answer(in: workspace, of: self), "download of a file")
        } catch {
            let failure = ReplyFailure(error.message, cause: .refusal(error))
            return Answer(
                [.error(failure)], Diagnosis(call: "download of a file", source: .refusal), clock: options.clock)
        }
    }

    private func told(_ data: JSONObject, _ title: String) -> Answer {
        Answer([.response(data)], Diagnosis(call: title, source: .platform), clock: options.clock)
    }
}

extension Workspace {
    /// The release that the workspace imitates.
    package var profile: Profile { catalog.profile }
}

extension CheckedInvocation {
    /// The call as the SDK sends it.
    var invocation: Invocation {
        switch self {
        case .tool(let call): call.invocation
        case .llm(let call): call.invocation
        case .textEmbedding(let call): call.invocation
        case .multimodalEmbedding(let call): call.invocation
        case .rerank(let call): call.invocation
        case .multimodalRerank(let call): call.invocation
        case .tts(let call): call.invocation
        case .speechToText(let call): call.invocation
        case .moderation(let call): call.invocation
        case .systemSummary(let call): call.invocation
        case .app(let call): call.invocation
        case .fetchApp(let call): call.invocation
        case .parameterExtractor(let call): call.invocation
        case .questionClassifier(let call): call.invocation
        case .storage(let call): call.invocation
        case .uploadFile(let call): call.invocation
        }
    }
}
