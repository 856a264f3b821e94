import DifyProtocol
import Foundation
import TestSupport
import Testing

/// What the README tells people to type works. Its Python and its seed are run by the SDK suites, its Swift by the
/// emulator's own tests.
@Suite(.serialized)
struct ReadmeTests {
    @Test func shellCommandsSucceed() async throws {
        let commands = try Readme.blocks("sh").flatMap { $0.split(separator: "\n").map(String.init) }
        #expect(commands.contains("swift run dify-emulator demo"))
        #expect(commands.contains("swift test"))
        // The test run itself is running.
        for command in commands where command != "swift test" {
            let result = try await Self.run(command)
            #expect(result.status == 0, "\(command)\n\(result.errors)")
        }
    }

    @Test func commandsWithOutputPrintIt() async throws {
        let server = try await RunningServer(["--seed", "seeds/demo.yaml"])
        let transcripts = try Readme.blocks("console").flatMap(Readme.transcript)
        let invocations = transcripts.filter { $0.command.contains(" invoke ") }
        #expect(invocations.count == 2)
        for (command, output) in invocations {
            let result = try await Self.run(command.replacing("http://127.0.0.1:5002", with: server.url))
            let printed = (result.output + result.errors).split(separator: "\n").map(String.init)
            for line in output {
                let start = line.prefix { $0 != "…" }.trimmingCharacters(in: .whitespaces)
                #expect(printed.contains { $0.hasPrefix(start) }, "\(command)\n\(line)\n\(printed)")
            }
        }
        #expect(server.stop() == 0)
    }

    @Test func storeFollowsTheSeedWhileItIsServed() async throws {
        let folder = try Project.temporaryFolder()
        let files = FileManager.default
        try files.copyItem(atPath: Project.file("seeds/demo.yaml"), toPath: folder.appending(path: "my.yaml").path)
        try files.copyItem(atPath: Project.file("seeds/openapi"), toPath: folder.appending(path: "openapi").path)
        let commands = try Readme.blocks("console").flatMap(Readme.transcript).map(\.command)
        let serve = try #require(commands.first { $0.contains("serve --store desk.sqlite --seed my.yaml") })
        let seed = try #require(commands.first { $0.contains("seed my.yaml --store desk.sqlite") })
        #expect(serve.hasPrefix("swift run dify-emulator serve"))
        let server = try await RunningServer(["--store", "desk.sqlite", "--seed", "my.yaml"], folder: folder)
        let result = try await Self.run(seed, in: folder)
        #expect(result.output == "desk.sqlite: workspace demo now has 24 tools, 7 models, 3 apps\n")
        #expect(server.stop() == 0)
    }

    @Test func serveGreetsAsShown() async throws {
        let documented = try Readme.blocks("console").flatMap(Readme.transcript)
        let shown = try #require(
            documented.first { $0.command == "swift run dify-emulator serve --seed seeds/demo.yaml" })
        let script = "\(Project.command.path) serve --port 0 --seed seeds/demo.yaml & sleep 2; kill $!; wait $!"
        let result = try await ChildProcess.run(["-c", script], of: URL(fileURLWithPath: "/bin/sh"))
        let printed = result.output.replacing(/127\.0\.0\.1:[0-9]+/, with: "127.0.0.1:5002")
        for line in shown.output { #expect(printed.contains(line)) }
    }

    /// The line as a shell runs it, with the built command in place of `swift run`.
    private static func run(_ line: String, in folder: URL = Project.root) async throws -> ChildProcess {
        let command = line.replacing("swift run dify-emulator", with: "'\(Project.command.path)'")
        return try await ChildProcess.run(["-c", command], of: URL(fileURLWithPath: "/bin/sh"), folder: folder)
    }
}

/// The README's code blocks.
enum Readme {
    /// The blocks in one language.
    static func blocks(_ language: String) throws -> [String] {
        let text = try String(contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
        return text.split(separator: "```", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 && $0.element.hasPrefix(language + "\n") }
            .map { String($0.element.dropFirst(language.count + 1)) }
    }

    /// The commands of a transcript with what they print.
    static func transcript(_ block: String) -> [(command: String, output: [String])] {
        var entries: [(command: String, output: [String])] = []
        for line in block.split(separator: "\n").map(String.init) {
            if line.hasPrefix("$ ") {
                entries.append((String(line.dropFirst(2)), []))
            } else if !entries.isEmpty {
                entries[entries.count - 1].output.append(line)
            }
        }
        return entries
    }
}
