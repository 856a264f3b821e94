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

    @Flag(help: "Print each message as a line of JSON.")
    var json = false

    func run() async throws {
        let arguments = try CallArguments(params: params, assignments: param).object
        let call = ToolInvocation(
            kind: kind, provider: provider, tool: tool, parameters: arguments, credentialID: credential ?? "")
        try await CallRun(workspace: workspace, answers: answers, url: url, asJSON: json)(call.invocation)
    }
}
