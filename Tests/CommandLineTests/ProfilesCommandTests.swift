import DifyProtocol
import Foundation
import TestSupport
import Testing

/// The table of differences between releases, and the option that selects one.
struct ProfilesCommandTests {
    @Test("the README has the table that the command prints")
    func readme() async throws {
        let readme = try String(contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
        let table = try await ChildProcess.run(["profiles", "--markdown"]).output
        #expect(table.split(separator: "\n").count == ProfileChange.allCases.count + 2)
        #expect(readme.contains("\n\n" + table), "run: dify-emulator profiles --markdown")
    }

    @Test("a release selects what differs there")
    func release() async throws {
        let all = try await JSONParser.parse(ChildProcess.run(["profiles", "--json"]).output)
        #expect(all.array?.count == ProfileChange.allCases.count)
        let old = try await ChildProcess.run(["profiles", "1.12.0"]).output
        #expect(old.contains("workflow files fail"))
        #expect(old.contains("human input check"))
        #expect(!old.contains("name of the root path"))
        let current = try await ChildProcess.run(["profiles", "1.14"]).output
        #expect(current == "0 differences between 1.14.2 and 1.14.2\n")
    }

    @Test("openapi reads a document as a release does, and tells an unknown one")
    func openapi() async throws {
        let file = try Project.temporaryFolder().appending(path: "root.yaml")
        try Data("{info: {}, servers: [{url: 'https://h'}], paths: {/: {get: {}}}}".utf8).write(to: file)
        let now = try await ChildProcess.run(["openapi", file.path])
        #expect(now.output.contains("<root>_get  "))
        let old = try await ChildProcess.run(["openapi", file.path, "--profile", "1.6"])
        #expect(old.status == 0)
        // The lint speaks of the newest release, so the tool's own line counts.
        #expect(!old.output.contains("<root>_get  "))
        let unknown = try await ChildProcess.run(["openapi", file.path, "--profile", "1.99"])
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("the nearest is 1.14.2"))
    }
}
