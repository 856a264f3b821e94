public import ArgumentParser
import DifyEmulator
public import DifyProtocol

/// Makes any reverse call by hand.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Make any reverse call with the request that the SDK would send.",
        discussion: """
            dify-emulator call storage --request '{"opt": "get", "key": "cursor"}' --seed seeds/demo.yaml

            --example prints a request to start from. Chunks of models and events of apps are shown by what they say, with
            --json as they travel; what there is to say about the call goes to standard error. The exit status is 1 when
            the answer ends with an error.
            """)

    @Argument(help: "The type of call: \(InvocationType.allCases.map(\.rawValue).joined(separator: ", ")).")
    var type: InvocationType

    @Option(help: ArgumentHelp("The request as a JSON object, @FILE or - for standard input.", valueName: "json"))
    var request = "{}"

    @Option(name: .customLong("as"), help: ArgumentHelp("The plugin that calls.", valueName: "author/plugin"))
    var plugin: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var answers: AnswerOptions

    @Option(
        help: ArgumentHelp("Call a running server instead, such as http://127.0.0.1:5002/w/NAME.", valueName: "url"))
    var url: String?

    @Flag(help: "Print each response, and an error, as a line of JSON.")
    var json = false

    @Flag(help: "Print a request of this type instead of making a call.")
    var example = false

    func validate() throws {
        if let plugin, !Caller.isPluginID(plugin) {
            throw ValidationError("--as is author/plugin, of a-z 0-9 _ and - only; not \(plugin)")
        }
    }

    func run() async throws {
        guard !example else {
            Console.out(JSONValue.object(ExampleRequest.of(type)).description)
            return
        }
        let object = try CallArguments(params: request, assignments: [], option: "--request").object
        let run = CallRun(
            workspace: workspace, answers: answers, url: url, caller: plugin.map { Caller(plugin: $0) }, asJSON: json)
        try await run(Invocation(type: type, request: object))
    }
}

extension InvocationType: ExpressibleByArgument {}
