import DifyOpenAPI
import DifyProtocol

/// Takes a call through Dify's steps as far as they go, and writes down what happens.
struct CallExplainer {
    let call: ToolInvocation
    let workspace: Workspace
    let options: Platform.Options

    func explanation() -> CallExplanation {
        let catalog = workspace.catalog
        let title = CheckedInvocation.tool(call).title
        guard let kind = call.kind, let arguments = call.parameters else {
            var explanation = CallExplanation(call: title, tool: nil)
            let reason = call.kind == nil ? "mcp tools are not offered" : "the call holds no arguments"
            explanation.failure = .init(stage: .lookup, message: "dify-emulator: \(reason)")
            return explanation
        }
        switch catalog.resolve(call, kind: kind) {
        case .failure(let failure):
            var explanation = CallExplanation(call: title, tool: nil)
            explanation.failure = .init(stage: .lookup, message: failure.refusal.message)
            explanation.notes = failure.notes
            return explanation
        case .success(let tool):
            var explanation = CallExplanation(call: title, tool: tool.identity)
            explain(tool, given: arguments, &explanation)
            return explanation
        }
    }

    private func explain(_ tool: CatalogTool, given: JSONObject, _ explanation: inout CallExplanation) {
        let places = DocumentPlaces(tool.operation?.document.text ?? "")
        let prepared: JSONObject
        do {
            prepared = try ParameterPreparation.prepare(given, for: tool.parameters)
        } catch {
            explanation.failure = .init(stage: .cast, message: error.refusal.message)
            explanation.notes = error.notes
            explanation.arguments = Self.unplaced(tool, given: given, cast: tool.castable(given))
            explanation.answer = "nothing: Dify refuses the call before it starts"
            return
        }
        guard let operation = tool.operation else {
            explanation.arguments = Self.unplaced(tool, given: given, cast: prepared)
            explanation.notes = [Self.purpose(for: tool.identity.kind)]
            explanation.answer = forecast(tool, prepared, request: nil)
            return
        }
        let plan = operation.plan(for: prepared, given: given, profile: workspace.catalog.profile)
        let document = OperationDocument(operation)
        let search = TrapSearch(operation: operation, document: document, placements: plan.placements)
        explanation.arguments = plan.placements.map { Self.row($0, tool, document, places) }
        explanation.traps = search.traps.map { $0.placed(by: places) }
        guard let request = plan.request else {
            explanation.failure = .init(stage: .request, message: plan.error ?? "")
            explanation.answer = "nothing: Dify fails before it sends the request"
            return
        }
        explanation.request = MaskedSecrets(operation.credentials).shown(request.wire)
        explanation.violations = operation.violations(of: request).map { $0.placed(by: places) }
        let isRefused = operation.settings.validation == .refuse && !explanation.violations.isEmpty
        explanation.answer =
            isRefused ? "nothing: `validate: refuse` refuses the call" : forecast(tool, prepared, request: request)
    }

    // MARK: - Arguments

    private static func purpose(for kind: ToolKind) -> String {
        let way = kind == .builtin ? "runs in its plugin" : "runs inside Dify"
        return "a \(kind.rawValue) tool \(way), not over HTTP; requests and traps are explained for kind api"
    }

    private static func row(
        _ placement: APIPlacement, _ tool: CatalogTool, _ document: OperationDocument, _ places: DocumentPlaces
    ) -> CallExplanation.Argument {
        CallExplanation.Argument(
            name: placement.name, type: tool.type(of: placement.name), destination: placement.place.rawValue,
            given: placement.given, cast: placement.cast, sent: placement.sent, remark: placement.remark,
            place: document.part(at: placement.pointer).map { places.place(of: $0.pointer) })
    }

    private static func unplaced(
        _ tool: CatalogTool, given: JSONObject, cast: JSONObject
    ) -> [CallExplanation.Argument] {
        let declared = JSONObject(tool.parameters.map { ($0.name, .null) })
        return declared.merging(given).keys.map { name in
            CallExplanation.Argument(
                name: name, type: tool.type(of: name), destination: nil, given: given[name], cast: cast[name],
                sent: nil, remark: nil, place: nil)
        }
    }

    // MARK: - What would answer

    private func forecast(_ tool: CatalogTool, _ parameters: JSONObject, request: APIRequest?) -> String {
        let matching = workspace.catalog.scripts(for: .tool(tool.identity)).first { script in
            script.failures(for: parameters).isEmpty
                && script.entry.times.map { workspace.uses(of: script) < $0 } ?? true
        }
        if let matching { return "the script \"\(matching.title)\"" }
        if workspace.closure(for: tool.identity) != nil { return "a closure of the program" }
        if tool.answer != nil { return "the tool's reply" }
        if let operation = tool.operation, let request, operation.settings.isLive {
            return options.live.allows(request.wire)
                ? "the API itself, called at \(MaskedSecrets(operation.credentials).shown(request.wire).url)"
                : "nothing: `live: true` needs the platform's leave; start it with --allow-live \(request.wire.host)"
        }
        if let operation = tool.operation, operation.settings.generates {
            let response = operation.generatedResponse(seed: workspace.catalog.seed)
            let type = response.contentType ?? "without a body"
            return "the document: \(response.status) \(type), from \(response.pointer ?? "nothing that it describes")"
        }
        return options.isLenient ? "a placeholder, as the platform is lenient" : "nobody: the tool has no reply"
    }
}

extension CatalogTool {
    /// The type of a parameter: of several with one name, the one that is cast last.
    fileprivate func type(of name: String) -> String? {
        parameters.last { $0.name == name }?.type.rawValue
    }
}

extension CatalogTool {
    /// The arguments that can be cast, each by itself.
    fileprivate func castable(_ given: JSONObject) -> JSONObject {
        var cast = JSONObject()
        for parameter in parameters {
            guard let value = given[parameter.name] else { continue }
            cast[parameter.name] = try? parameter.type.cast(value)
        }
        return cast
    }
}

extension DocumentViolation {
    fileprivate func placed(by places: DocumentPlaces) -> CallExplanation.Violation {
        .init(subject: subject, problem: problem, place: places.place(of: pointer))
    }
}

extension FoundTrap {
    fileprivate func placed(by places: DocumentPlaces) -> CallExplanation.Trap {
        .init(place: places.place(of: pointer), problem: trap.problem, remedy: trap.remedy)
    }
}
