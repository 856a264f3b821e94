import Foundation
import TestSupport
import Testing

// The README's sample, line by line. The test below compares the two, so that what stands there compiles and runs.
// sample: begin
import DifyEmulator

private func sample() async throws {
    let platform = try Platform(seeds: [.file("seeds/demo.yaml")])
    let google = "langgenius/google/google"

    // Swift code in place of the seed's reply. Scripts still come first.
    try platform.defaultWorkspace.reply(to: .builtin, google, "google_search") { call, reply in
        guard let query = call.parameters["query"]?.string else { throw ToolFailure("400 Bad Request") }
        try await reply.text("Results for \(query)")
        try await reply.json(["results": [["title": "Tents"]]])
    }

    let session = platform.session()
    let call = session.tool.invokeBuiltinTool(
        provider: google, toolName: "google_search", parameters: ["query": "tents"])
    for try await message in call { print(message.type, message.text ?? message.body) }

    let model = ModelReference(provider: "langgenius/openai/openai", model: "gpt-4o-mini")
    let chunks = session.model.llm.invoke(model: model, prompt: [.user("How is the weather?")])
    for try await chunk in chunks { print(chunk.text) }
    let desk = "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"
    print(try await session.app.chat.invokeBlocking(appID: desk, query: "Do you sell pegs?").answer ?? "")
    try await session.storage.set("cursor", "43".utf8)
}
// sample: end

struct ReadmeSampleTests {
    @Test func sampleOfTheReadmeRuns() async throws {
        // The seed's path is relative, as in the README.
        try #require(FileManager.default.changeCurrentDirectoryPath(Project.root.path))
        try await sample()
    }

    @Test func sampleOfTheReadmeIsThisOne() throws {
        let readme = try String(contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
        let lines =
            source.components(separatedBy: "// sample: begin\n").last?.components(separatedBy: "// sample: end").first?
            .split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0 != "private func sample() async throws {" && $0 != "}" && !$0.isEmpty } ?? []
        #expect(lines.count > 8)
        for line in lines { #expect(readme.contains(line), "\(line)") }
    }
}
