import ArgumentParser
import DifyEmulator
import DifyProtocol
import Foundation

/// Loads seed files into a store.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed",
        abstract: "Load seed files into a store.",
        discussion: "All files are checked before anything is written. A running server follows within about 100 ms.")

    @Argument(help: ArgumentHelp("The seed files, YAML or JSON.", valueName: "file"))
    var files: [String]

    @Option(help: ArgumentHelp("The SQLite file; made when it does not exist.", valueName: "file"))
    var store: String

    @Option(help: ArgumentHelp("Load into this workspace, whatever the files say.", valueName: "name"))
    var workspace: String?

    @OptionGroup var imitated: ProfileOption

    @Flag(help: "Empty the workspaces first instead of merging by identity.")
    var replace = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if let workspace, !WorkspaceName.isValid(workspace) {
            throw ValidationError("--workspace is 1 to 200 characters of A-Z a-z 0-9 . _ : [ ] -")
        }
    }

    func run() async throws {
        var options = Platform.Options()
        options.workspace = workspace
        imitated.profile?.apply(to: &options)
        options.replacesEntries = replace
        let platform = try Platform(.file(store), seeds: files.map(SeedSource.file), options: options)
        let loaded = platform.defaultWorkspace
        if json {
            let result: JSONValue = [
                "store": .string(store), "workspace": .string(loaded.name), "tools": .integer(loaded.tools.count),
                "models": .integer(loaded.models.count), "apps": .integer(loaded.apps.count),
            ]
            Console.out(result.description)
        } else {
            Console.out("\(store): workspace \(loaded.name) now has \(loaded.summary)")
        }
    }
}
