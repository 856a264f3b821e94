import ArgumentParser
import DifyEmulator
import DifyProtocol

/// Lists models.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List the models of a workspace.")

    @OptionGroup var workspace: WorkspaceOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let models = try workspace.platform().defaultWorkspace.models
        guard !json else {
            let rows = models.map { model -> JSONValue in
                [
                    "provider": .string(model.identity.provider), "model": .string(model.identity.model),
                    "type": .string(model.identity.type.rawValue), "default": .bool(model.isDefault),
                    "has_reply": .bool(model.hasReply),
                ]
            }
            Console.out(JSONValue.array(rows).description)
            return
        }
        guard !models.isEmpty else {
            Console.note("The workspace has no models; `models` in a seed adds them.")
            return
        }
        let rows = models.map { model in
            [
                model.identity.type.rawValue, model.identity.provider, model.identity.model,
                model.isDefault ? "yes" : "", model.hasReply ? "yes" : "no, derived from the call",
            ]
        }
        for line in Console.table(["TYPE", "PROVIDER", "MODEL", "DEFAULT", "REPLY"], rows) { Console.out(line) }
    }
}
