import ArgumentParser
import DifyEmulator
import DifyProtocol

extension ToolsCommand {
    /// What an API would answer by its own document.
    struct Generate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make up the response of a custom tool's API from its document.",
            discussion: """
                The response is what `generate: true` answers with: the first success that the document describes, in
                its first content type; the first example, else the schema's default, else a value that the schema
                accepts. The workspace's seed number decides about ids, so the same seed gives the same bytes.
                """)

        @Argument(help: "api; tools of other kinds have no document.")
        var kind: ToolKind

        @Argument(help: "The provider: its id, or the API's name.")
        var provider: String

        @Argument(help: "The tool's name.")
        var tool: String

        @OptionGroup var workspace: WorkspaceOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let workspace = try workspace.platform().defaultWorkspace
            let found = try workspace.tool(kind, provider, tool)
            guard let response = workspace.generatedResponse(of: found) else {
                let hint = kind == .workflow ? "its reply can be outputs" : "its reply is a list of messages"
                throw CommandError(
                    "\(found.identity) has no API document to make a response from; \(hint), in the seed or a script")
            }
            if json {
                Console.out(response.json.description)
                return
            }
            Console.out("status     \(response.status)")
            if let type = response.contentType { Console.out("type       \(type.printable)") }
            let place = response.pointer.map { " at \($0.printable)" } ?? ""
            Console.out(
                "made from  \(response.origin == .none ? "nothing: no body" : response.origin.rawValue)\(place)")
            for note in response.notes { Console.note("hint: \(note)".printable) }
            guard !response.body.isEmpty else { return }
            Console.out()
            for line in response.body.split(separator: "\n", omittingEmptySubsequences: false) {
                Console.out(String(line).printable)
            }
        }
    }
}

extension GeneratedResponse {
    fileprivate var json: JSONValue {
        [
            "status": .integer(status), "content_type": contentType.map(JSONValue.string) ?? .null,
            "body": .string(body), "made_from": .string(origin.rawValue),
            "pointer": pointer.map(JSONValue.string) ?? .null, "notes": .array(notes.map(JSONValue.string)),
        ]
    }
}
