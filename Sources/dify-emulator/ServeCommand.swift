import ArgumentParser
import DifyEmulator
import DifyProtocol
import DifyServer
import Foundation

/// Serves a workspace to plugins and tests.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve workspaces to the SDK over HTTP.",
        discussion: """
            Answers the reverse calls of plugins in serverless mode, and of tests that use the SDK alone. The base URL
            addresses the default workspace; URL/w/NAME addresses the workspace NAME, which starts as a copy of it.
            /as/AUTHOR/PLUGIN behind either says which plugin calls: its storage and its permissions count.
            """)

    @OptionGroup var workspace: WorkspaceOptions

    @Option(help: "The port to listen on; 0 picks a free one.")
    var port = 5002

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @OptionGroup var answers: AnswerOptions

    @Option(help: ArgumentHelp("Largest file that an upload may bring, in MiB.", valueName: "mib"))
    var maxUpload = 15

    @Option(help: ArgumentHelp("The key that a plugin daemon sends to the inner API.", valueName: "key"))
    var innerKey = "inner-api-key"

    @Option(
        help: ArgumentHelp(
            "What lets one into the console API: the bearer token, and the password of its sign-in. Made up by default.",
            valueName: "token"))
    var consoleToken: String?

    @Flag(help: "Print the address as one line of JSON.")
    var json = false

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535") }
        guard (1...1024).contains(maxUpload) else {
            throw ValidationError("--max-upload is a number of MiB from 1 to 1024")
        }
    }

    func run() async throws {
        let platform = try workspace.platform(answers.options, creates: true)
        var configuration = EmulatorServer.Configuration()
        configuration.host = host
        configuration.port = port
        configuration.maximumUploadSize = maxUpload * 1024 * 1024
        configuration.innerAPIKey = innerKey
        if let consoleToken { configuration.consoleToken = consoleToken }
        let token = configuration.consoleToken
        let server = EmulatorServer(
            platform: platform, configuration: configuration, logger: ConsoleLog.logger())
        try await server.run(handlesSignals: true) { url in
            let greeting = ServeGreeting(url: url, platform: platform, consoleToken: token)
            Console.out(json ? greeting.json.description : greeting.text)
        }
    }
}

/// What `serve` prints once it listens.
struct ServeGreeting {
    let url: URL
    let platform: Platform
    let consoleToken: String

    var json: JSONValue {
        let workspace = platform.defaultWorkspace
        return [
            "url": .string(url.absoluteString), "workspace": .string(workspace.name),
            "tenant_id": .string(workspace.tenantID.description), "tools": .integer(workspace.tools.count),
            "models": .integer(workspace.models.count), "apps": .integer(workspace.apps.count),
            "console_token": .string(consoleToken),
        ]
    }

    var text: String {
        let workspace = platform.defaultWorkspace
        var lines = [
            "dify-emulator listens on \(url.absoluteString)",
            "workspace \(workspace.name) with \(workspace.summary), tenant \(workspace.tenantID)",
            "",
            "For a plugin in serverless mode:",
            "  export INSTALL_METHOD=serverless",
            "  export DIFY_PLUGIN_DAEMON_URL=\(url.absoluteString)",
        ]
        let host = url.host() ?? "127.0.0.1"
        if let proxy = Self.divertingProxy(for: url, in: ProcessInfo.processInfo.environment) {
            lines += [
                "  export NO_PROXY=\(host),localhost no_proxy=\(host),localhost   # \(proxy) would divert the SDK's calls"
            ]
        }
        lines += [
            "For a plugin daemon in place of Dify:",
            "  export DIFY_INNER_API_URL=\(url.absoluteString)   # with DIFY_INNER_API_KEY as --inner-key says",
        ]
        lines += [
            "For scripts that use Dify's console: \(url.absoluteString)/console/api, bearer token \(consoleToken)"
        ]
        lines += ["A workspace of its own for each test: \(url.absoluteString)/w/NAME", "", "Ctrl-C ends the server."]
        return lines.joined(separator: "\n")
    }

    /// The variable by which the SDK's HTTP client would go through a proxy, if there is one.
    static func divertingProxy(for url: URL, in environment: [String: String]) -> String? {
        let excluded = (environment["no_proxy"] ?? environment["NO_PROXY"] ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        if excluded.contains("*") || excluded.contains(url.host() ?? "") { return nil }
        let variables = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        return variables.first { environment[$0]?.isEmpty == false }
    }
}
