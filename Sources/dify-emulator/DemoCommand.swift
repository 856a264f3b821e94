import ArgumentParser
import DifyEmulator
import DifyProtocol
import Foundation

/// Shows what the emulator does, without network and Python.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "See it work: calls of tools, a model and an app, and a refusal with its diagnosis.")

    func run() async throws {
        let file = try DemoSeed.path()
        let platform = try Platform(seeds: [.file(file)])
        let workspace = platform.defaultWorkspace
        Console.out("A workspace in memory, made from \(file): \(workspace.summary).")
        Console.out("Each call below is what a plugin does through self.session; what follows is its answer.")
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
        let answer = platform.answer(step.invocation, in: platform.defaultWorkspace)
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
          dify-emulator tools --seed \(file)     list its tools; `models` and `apps` list those
          dify-emulator invoke builtin google google_search --param query=tents --seed \(file)
        With `swift run` in front where dify-emulator is not installed. \(file) explains how to write your own.
        """
    }
}

/// One call of the demo.
struct DemoStep {
    let title: String
    let invocation: Invocation
    /// The call as plugin code.
    let code: String

    static let all =
        tools + [
            DemoStep(
                title: "A language model, answered by a script; without one it would say what it was told",
                model: "gpt-4o-mini", of: "langgenius/openai/openai", prompt: "How is the weather?"),
            DemoStep(
                title: "A workflow app that is waited for, so that it answers once, with its outputs",
                workflow: "8c7a51f0-6d0b-4c0e-9d9e-20c6f0b1a2d4", inputs: ["subject": "A torn seam"]),
            DemoStep(
                title: "A mistake: Dify's own error, and what the emulator knows about it",
                call: ToolInvocation(
                    kind: .api, provider: "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11", tool: "listpets", parameters: [:])),
        ]

    private static let tools = [
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
    ]
}

extension DemoStep {
    init(title: String, call: ToolInvocation) {
        let method = "invoke_\(call.kind?.rawValue ?? "")_tool"
        let arguments = PythonText.repr(.object(call.parameters ?? [:]))
        self.init(
            title: title, invocation: call.invocation,
            code: "self.session.tool.\(method)('\(call.provider)', '\(call.tool)', \(arguments))")
    }

    init(title: String, model: String, of provider: String, prompt: String) {
        let call = LLMInvocation(
            model: ModelReference(provider: provider, model: model), promptMessages: [.user(prompt)])
        let config: JSONValue = [
            "provider": .string(provider), "model": .string(model), "mode": "chat", "completion_params": [:],
        ]
        let message = "UserPromptMessage(content=\(PythonText.repr(prompt)))"
        self.init(
            title: title, invocation: call.invocation,
            code: "self.session.model.llm.invoke(\(PythonText.repr(config)), [\(message)])")
    }

    init(title: String, workflow: String, inputs: JSONObject) {
        let call = AppInvocation(appID: workflow, inputs: inputs, responseMode: "blocking")
        self.init(
            title: title, invocation: call.invocation,
            code: "self.session.app.workflow.invoke('\(workflow)', \(PythonText.repr(.object(inputs))), 'blocking')")
    }
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
