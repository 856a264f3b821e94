import DifyEmulator
import DifyProtocol

/// What a plugin gets from one call.
struct Outcome: Sendable {
    var messages: [ToolInvokeMessage] = []
    var error: String?
    var notes: [String] = []
    var source = ""

    var texts: [String?] { messages.map(\.text) }
    var types: [String] { messages.map(\.type.rawValue) }
}

extension Platform {
    /// Makes a call and waits for its whole answer.
    func outcome(
        _ kind: ToolKind, _ provider: String, _ tool: String, _ parameters: JSONObject = [:],
        in workspace: Workspace? = nil
    ) async -> Outcome {
        let call = ToolInvocation(kind: kind, provider: provider, tool: tool, parameters: parameters)
        let answer = answer(call.invocation, in: workspace ?? defaultWorkspace)
        var outcome = Outcome(notes: answer.diagnosis.notes, source: answer.diagnosis.source.description)
        do {
            for try await due in answer.events {
                for event in due {
                    switch event {
                    case .response(let data): outcome.messages += [ToolInvokeMessage(wire: data)].compactMap(\.self)
                    case .error(let failure): outcome.error = failure.text
                    case .end: break
                    }
                }
            }
        } catch {
            outcome.error = "interrupted: \(error)"
        }
        return outcome
    }

    /// A platform with one plugin tool `acme/probe/probe echo`, whose entry holds these lines besides its name.
    static func probe(_ lines: String, scripts: String = "[]", options: Options = Options()) throws -> Platform {
        let indented = lines.split(separator: "\n").map { "        \($0)" }.joined(separator: "\n")
        let seed = """
            seed: 7
            plugins:
              - id: acme/probe
                tools:
                  - name: echo
            \(indented)
            scripts: \(scripts)
            """
        return try Platform(seeds: [.text(seed, name: "probe.yaml")], options: options)
    }

    /// Calls the probe's tool.
    func echo(_ parameters: JSONObject = [:]) async -> Outcome {
        await outcome(.builtin, "acme/probe/probe", "echo", parameters)
    }
}
