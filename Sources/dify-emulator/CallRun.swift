import ArgumentParser
import DifyEmulator
import DifyProtocol

/// Makes one call, here or on a running server, and prints its answer.
struct CallRun {
    let workspace: WorkspaceOptions
    let answers: AnswerOptions
    /// The server's base address; nil to answer here.
    let url: String?
    /// Who calls; nil for whom the workspace names.
    var caller: Caller?
    let asJSON: Bool

    /// - Throws: `ExitCode.failure` when the answer ends with an error.
    func callAsFunction(_ invocation: Invocation) async throws {
        var printer = MessagePrinter(asJSON: asJSON)
        if let url {
            guard workspace.store == nil, workspace.seed.isEmpty, workspace.workspace == nil,
                workspace.imitated.profile == nil, !answers.isGiven
            else {
                throw CommandError(
                    "--url calls a server, which has its own store, seed and options; leave the other options out")
            }
            for try await event in try RemoteCall(url: url, caller: caller).events(of: invocation) {
                printer.print(event)
            }
            if printer.hasFailed { Console.note("what there is to say about the call stands in the server's log") }
        } else {
            let platform = try workspace.platform(answers.options)
            let answer = platform.answer(invocation, in: platform.defaultWorkspace, from: caller)
            for try await due in answer.events {
                for event in due { printer.print(event) }
            }
            printer.explain(answer.diagnosis)
            if invocation.type == .uploadFile {
                Console.note("hint: the address is a server's; nobody listens there unless `dify-emulator serve` runs")
            }
        }
        if printer.hasFailed { throw ExitCode.failure }
    }
}
