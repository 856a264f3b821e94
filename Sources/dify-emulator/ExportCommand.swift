import ArgumentParser
import DifyEmulator
import DifyProtocol
import Foundation

/// Writes a workspace as a seed file.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a workspace as a seed file that loads to the same workspace.")

    @OptionGroup var workspace: WorkspaceOptions

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The file to write; without it standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Write JSON instead of YAML.")
    var json = false

    func run() async throws {
        let platform = try workspace.platform()
        let export = try platform.export(platform.defaultWorkspace)
        let text = json ? export.json.description : try export.yaml()
        guard let output else {
            Console.out(text.hasSuffix("\n") ? String(text.dropLast()) : text)
            return
        }
        do {
            try text.write(toFile: output, atomically: true, encoding: .utf8)
        } catch {
            throw CommandError("\(output) cannot be written: \(error.localizedDescription)")
        }
        Console.note("\(output): workspace \(platform.defaultWorkspace.name)")
    }
}
