public import ArgumentParser
import DifyEmulator
import DifyOpenAPI
public import DifyProtocol

/// Looks at the tools of a workspace.
struct ToolsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tools",
        abstract: "Look at the tools of a workspace.",
        subcommands: [List.self, Show.self, Generate.self],
        defaultSubcommand: List.self)

    /// One row a tool.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List every tool: kind, provider id, name, where the name comes from.")

        @OptionGroup var workspace: WorkspaceOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let tools = try workspace.platform().defaultWorkspace.tools
            if json {
                Console.out(JSONValue.array(tools.map(\.summary)).description)
                return
            }
            let rows = tools.map { tool in
                [
                    tool.identity.kind.rawValue, tool.identity.provider, tool.identity.tool, tool.nameOrigin.rawValue,
                    tool.identity.kind == .builtin ? "" : tool.providerName,
                ]
            }
            for line in Console.table(["KIND", "PROVIDER", "TOOL", "NAME IS", "CALLED"], rows) { Console.out(line) }
        }
    }

    /// One tool in full.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one tool with its parameters.")

        @Argument(help: "builtin, workflow or api.")
        var kind: ToolKind

        @Argument(help: "The provider: its id, or the name of a workflow or an API.")
        var provider: String

        @Argument(help: "The tool's name.")
        var tool: String

        @OptionGroup var workspace: WorkspaceOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let found = try workspace.platform().defaultWorkspace.tool(kind, provider, tool)
            if json {
                Console.out(found.full.description)
                return
            }
            Console.out(Console.styled("\(found.identity)", .bold))
            if found.identity.kind != .builtin { Console.out("called     \(found.providerName)") }
            Console.out("name is    \(found.nameOrigin.rawValue)")
            if let bundle = found.operation?.bundle {
                Console.out("request    \(bundle.method.uppercased()) \(bundle.serverURL)")
            }
            if !found.description.isEmpty { Console.out("does       \(found.description)") }
            Console.out()
            guard !found.parameters.isEmpty else {
                Console.out("It takes no parameters.")
                return
            }
            let rows = found.parameters.map { parameter in
                [
                    parameter.name, parameter.type.rawValue, parameter.required ? "required" : "",
                    parameter.form.rawValue, parameter.defaultValue.isNull ? "" : parameter.defaultValue.description,
                    parameter.options.joined(separator: ", "), parameter.humanDescription,
                ]
            }
            let header = ["PARAMETER", "TYPE", "", "FORM", "DEFAULT", "OPTIONS", "DESCRIPTION"]
            for line in Console.table(header, rows) { Console.out(line) }
        }
    }
}

extension ToolKind: ExpressibleByArgument {}

extension CatalogTool {
    /// The tool as a row.
    fileprivate var summary: JSONValue {
        [
            "kind": .string(identity.kind.rawValue), "provider": .string(identity.provider),
            "tool": .string(identity.tool), "name_origin": .string(nameOrigin.rawValue),
            "provider_name": .string(providerName), "description": .string(description),
        ]
    }

    /// The tool with its parameters, and a custom tool's request.
    fileprivate var full: JSONValue {
        var json = summary.object ?? [:]
        json["parameters"] = .array(parameters.map(\.json))
        if let bundle = operation?.bundle {
            json["method"] = .string(bundle.method)
            json["server_url"] = .string(bundle.serverURL)
        }
        return .object(json)
    }
}
