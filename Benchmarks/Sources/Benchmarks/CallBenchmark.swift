import DifyEmulator
import Foundation
import GRDB
import GRDBSQLite

/// An in-process call of each kind against a raw prepared point lookup in the same SQLite file.
struct CallBenchmark {
    private static let seed = """
        plugins:
          - id: acme/probe
            tools: [{name: echo, parameters: [{name: q, required: true}], reply: [{text: "got {{q}}"}]}]
        workflows:
          - name: flow
            id: 7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10
            parameters: [{name: q, required: true}]
            reply: [{outputs: {answer: "{{q}}"}}]
        apis:
          - name: pets
            id: 0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11
            schema:
              openapi: 3.0.0
              info: {}
              servers: [{url: "https://h"}]
              paths: {/pets: {get: {operationId: list, parameters: [{name: q, in: query, schema: {type: string}}]}}}
            replies: {list: [{response: {body: {a: 1}}}]}
        models: [{provider: acme/quokka/quokka, model: mini, type: llm, reply: [{text: "The quokka."}]}]
        caller: {plugin: acme/desk}
        storage: {acme/desk: {cursor: "42"}}
        """

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "store.db").path
        let platform = try Platform(.file(file), seeds: [.text(Self.seed, name: "seed")])
        let lookup = try await pointLookup(in: file)
        print(
            "In-process calls, against one raw prepared point lookup in the same file (\(round(lookup * 1e8) / 100) us):"
        )
        let tools: [(String, ToolInvocation)] = [
            (
                "builtin",
                ToolInvocation(kind: .builtin, provider: "acme/probe/probe", tool: "echo", parameters: ["q": "x"])
            ),
            (
                "workflow",
                ToolInvocation(
                    kind: .workflow, provider: "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10", tool: "flow",
                    parameters: ["q": "x"])
            ),
            (
                "api",
                ToolInvocation(
                    kind: .api, provider: "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11", tool: "list", parameters: ["q": "x"])
            ),
        ]
        let others: [(String, Invocation)] = [
            (
                "llm",
                LLMInvocation(
                    model: ModelReference(provider: "acme/quokka/quokka", model: "mini"),
                    promptMessages: [.user("Which animal smiles?")]
                ).invocation
            ),
            ("storage get", Invocation(type: .storage, request: ["opt": "get", "key": "cursor"])),
        ]
        for (name, call) in tools.map({ ($0, $1.invocation) }) + others {
            let seconds = await Stopwatch.best(repetitions: 5000) {
                _ = platform.answer(call, in: platform.defaultWorkspace).events.immediate
            }
            report(name, seconds, against: lookup, "lookup")
        }
    }

    /// One `SELECT` by primary key through a prepared statement, autocommit, SQLite's C interface.
    private func pointLookup(in file: String) async throws -> Double {
        var connection: OpaquePointer?
        var statement: OpaquePointer?
        defer {
            sqlite3_finalize(statement)
            sqlite3_close(connection)
        }
        let sql = "SELECT definition FROM plugin WHERE workspaceID = 1 AND identity = 'acme/probe/probe'"
        guard sqlite3_open(file, &connection) == SQLITE_OK,
            sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK
        else { throw BenchmarkError("SQLite: \(String(cString: sqlite3_errmsg(connection)))") }
        var found = 0
        let seconds = await Stopwatch.best(repetitions: 20_000) {
            if sqlite3_step(statement) == SQLITE_ROW, let text = sqlite3_column_text(statement, 0) {
                found += String(cString: text).isEmpty ? 0 : 1
            }
            sqlite3_reset(statement)
        }
        guard found > 0 else { throw BenchmarkError("the lookup found nothing") }
        return seconds
    }
}

/// A yardstick that could not be taken.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
