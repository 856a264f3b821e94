import ArgumentParser
import DifyEmulator
import DifyProtocol
import Foundation

/// Shows what the emulator does, without network and Python.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "See it work: calls of each kind of tool, and a refusal with its diagnosis.")

    func run() async throws {
        let file = try DemoSeed.path()
        let platform = try Platform(seeds: [.file(file)])
        let workspace = platform.defaultWorkspace
        Console.out("A workspace in memory, made from \(file): \(workspace.tools.count) tools.")
        Console.out("Each call below is what a plugin does through self.session.tool; what follows is its answer.")
        for (number, step) in DemoStep.all.enumerated() {
            Console.out()
            Console.out(Console.styled("\(number + 1). \(step.title)", .bold))
            Console.out("   \(step.code)")
            await show(step, platform)
        }
        Console.out()
        Console.out(Self.next(file))
    }

    private func show(_ step: DemoStep, _ platform: Platform) async {
        var printer = MessagePrinter(asJSON: false, indent: "   ")
        let answer = platform.answer(step.call.invocation, in: platform.defaultWorkspace)
        do {
            for try await due in answer.events {
                for event in due { printer.print(event) }
            }
        } catch {
            Console.out("   interrupted: \(error)")
        }
        for note in answer.diagnosis.notes {
            Console.out("   " + Console.styled("dify-emulator says: \(note)", .yellow))
        }
    }

    private static func next(_ file: String) -> String {
        """
        What to type next:
          dify-emulator serve --seed \(file)     serve this workspace to a plugin (the SDK, unmodified)
          dify-emulator tools --seed \(file)     list its tools
          dify-emulator invoke builtin google google_search --param query=tents --seed \(file)
        With `swift run` in front where dify-emulator is not installed. \(file) explains how to write your own.
        """
    }
}

/// One call of the demo.
struct DemoStep {
    let title: String
    let call: ToolInvocation

    /// The call as plugin code.
    var code: String {
        let method = "invoke_\(call.kind?.rawValue ?? "")_tool"
        let arguments = PythonText.repr(.object(call.parameters ?? [:]))
        return "self.session.tool.\(method)('\(call.provider)', '\(call.tool)', \(arguments))"
    }

    static let all = [
        DemoStep(
            title: "A builtin tool, answered by the reply that stands with it",
            call: ToolInvocation(
                kind: .builtin, provider: "langgenius/google/google", tool: "google_search",
                parameters: ["query": "tents"])),
        DemoStep(
            title: "The same tool, answered by a script: slow, then refused in the middle",
            call: ToolInvocation(
                kind: .builtin, provider: "google", tool: "google_search", parameters: ["query": "swift"])),
        DemoStep(
            title: "A workflow published as a tool: its outputs become messages as in Dify",
            call: ToolInvocation(
                kind: .workflow, provider: "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10", tool: "summarize_report",
                parameters: ["report": "Sales rose in May."])),
        DemoStep(
            title: "A custom tool by its operationId: an HTTP response becomes a message",
            call: ToolInvocation(
                kind: .api, provider: "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11", tool: "listPets",
                parameters: ["limit": 2])),
        DemoStep(
            title: "A custom tool whose operation has no operationId, by the name that Dify generates",
            call: ToolInvocation(
                kind: .api, provider: "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11", tool: "petspetId_get",
                parameters: ["petId": 1])),
        DemoStep(
            title: "A mistake: Dify's own error, and what the emulator knows about it",
            call: ToolInvocation(
                kind: .api, provider: "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11", tool: "listpets", parameters: [:])),
    ]
}

/// Finds the demo's seed, in the folder where the command runs or above the program.
enum DemoSeed {
    static func path() throws -> String {
        let name = "seeds/demo.yaml"
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var folder = program.deletingLastPathComponent()
        var candidates = [name]
        while folder.path != "/" {
            candidates.append(folder.appending(path: name).path)
            folder.deleteLastPathComponent()
        }
        guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw CommandError("\(name) is not here; run in the project's folder")
        }
        return found
    }
}
