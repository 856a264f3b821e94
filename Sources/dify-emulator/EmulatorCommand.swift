import ArgumentParser

/// The command line: argument parsing over the libraries, and nothing else.
@main
struct EmulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dify-emulator",
        abstract: "The platform that a Dify plugin talks to, in one process, offline.",
        discussion: """
            Start with `dify-emulator demo`. Then serve a workspace to a plugin:

              dify-emulator serve --seed seeds/demo.yaml
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, ServeCommand.self, ToolsCommand.self, ModelsCommand.self, AppsCommand.self,
            InvokeCommand.self, CallCommand.self, OpenAPICommand.self, SeedCommand.self, ExportCommand.self,
            QuirksCommand.self, ProfilesCommand.self,
        ])
}
