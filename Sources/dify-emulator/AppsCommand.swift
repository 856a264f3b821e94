import ArgumentParser
import DifyEmulator
import DifyProtocol

/// Lists apps.
struct AppsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apps", abstract: "List the apps of a workspace.",
        discussion: "A plugin calls an app by its id; the app's mode decides what the answer looks like.")

    @OptionGroup var workspace: WorkspaceOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let apps = try workspace.platform().defaultWorkspace.apps
        guard !json else {
            let rows = apps.map { app -> JSONValue in
                [
                    "id": .string(app.id.description), "name": .string(app.name), "mode": .string(app.mode.rawValue),
                    "inputs": .array(app.inputs.map { .string($0.name) }),
                ]
            }
            Console.out(JSONValue.array(rows).description)
            return
        }
        guard !apps.isEmpty else {
            Console.note("The workspace has no apps; `apps` in a seed adds them.")
            return
        }
        let rows = apps.map { app in
            [
                app.mode.rawValue, app.id.description, app.name,
                app.inputs.map { $0.required ? $0.name : "[\($0.name)]" }.joined(separator: " "),
            ]
        }
        for line in Console.table(["MODE", "ID", "NAME", "INPUTS"], rows) { Console.out(line) }
    }
}
