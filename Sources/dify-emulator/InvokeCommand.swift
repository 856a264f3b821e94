import ArgumentParser
import DifyEmulator
import DifyProtocol
import Foundation

/// Calls a tool by hand.
struct InvokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoke",
        abstract: "Call a tool and print its messages as they come.",
        discussion: """
            dify-emulator invoke builtin langgenius/google/google google_search --param query=swift --seed seeds/demo.yaml

            Messages go to standard output, what there is to say about the call to standard error. The exit status is 1
            when the answer ends with an error.

            --explain makes no call: for a custom tool (kind api) it shows the HTTP request that Dify would send, where
            each argument goes and how it is converted, the traps on the way with their places in the API document, and
            what would answer. The exit status is 1 when Dify would fail before it sends anything.
            """)

    @Argument(help: "builtin, workflow or api.")
    var kind: ToolKind

    @Argument(help: "The provider's id, as a plugin would give it.")
    var provider: String

    @Argument(help: "The tool's name.")
    var tool: String

    @Option(help: ArgumentHelp("An argument: name=text, or name:=json for other types; may repeat.", valueName: "k=v"))
    var param: [String] = []

    @Option(help: ArgumentHelp("All arguments as a JSON object, @FILE or - for standard input.", valueName: "json"))
    var params: String?

    @Option(help: ArgumentHelp("Which stored credential to use.", valueName: "id"))
    var credential: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var answers: AnswerOptions

    @Option(
        help: ArgumentHelp("Call a running server instead, such as http://127.0.0.1:5002/w/NAME.", valueName: "url"))
    var url: String?

    @Flag(
        help:
            "Make no call: show the request that Dify would send for a custom tool, and what becomes of each argument.")
    var explain = false

    @Flag(help: "Print each message as a line of JSON, or an explanation as one object.")
    var json = false

    func validate() throws {
        if explain, url != nil {
            throw ValidationError("--explain looks into a workspace: name its --seed or --store instead of --url")
        }
    }

    func run() async throws {
        let arguments = try CallArguments(params: params, assignments: param).object
        let call = ToolInvocation(
            kind: kind, provider: provider, tool: tool, parameters: arguments, credentialID: credential ?? "")
        guard !explain else { return try showExplanation(of: call) }
        try await CallRun(workspace: workspace, answers: answers, url: url, asJSON: json)(call.invocation)
    }

    private func showExplanation(of call: ToolInvocation) throws {
        let content = try workspace.platform(answers.options).explain(call)
        if json {
            Console.out(content.json.description)
        } else {
            Explanation(content: content).show()
        }
        if content.failure != nil { throw ExitCode.failure }
    }
}
