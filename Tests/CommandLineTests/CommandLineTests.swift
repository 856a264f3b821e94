import DifyProtocol
import Foundation
import TestSupport
import Testing

/// The built command, as people and scripts run it.
struct CommandLineTests {
    private static let demo = ["--seed", "seeds/demo.yaml"]

    @Test func demoShowsACallOfEachKindAndAnErrorWithItsDiagnosis() async throws {
        let result = try await ChildProcess.run(["demo"])
        #expect(result.status == 0)
        #expect(result.errors == "")
        for part in [
            "invoke_builtin_tool('langgenius/google/google', 'google_search'", "3 results for tents",
            "invoke_workflow_tool('7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10'", "summary = \"Two lines.\"",
            "'listPets'", "'petspetId_get'", #"[{"id":1,"name":"Rex"}]"#, "429 Too Many Requests",
            #"{"code":"invalid_param","message":"tool listpets not found","status":400}"#,
            "this one is \"listPets\"", "session.model.llm.invoke(", "It rains ", "session.app.workflow.invoke(",
            #"succeeded {"desk":"returns","subject":"A torn seam","urgent":false}"#,
            "dify-emulator serve --seed seeds/demo.yaml",
        ] {
            #expect(result.output.contains(part), "\(part)")
        }
    }

    @Test func demoRunsFromAnotherFolder() async throws {
        let result = try await ChildProcess.run(["demo"], folder: Project.temporaryFolder())
        #expect(result.status == 0)
    }

    @Test("an example of each type of call is answered by the demo", arguments: InvocationType.allCases)
    func exampleRequest(_ type: InvocationType) async throws {
        let example = try await ChildProcess.run(["call", type.rawValue, "--example"])
        #expect(example.status == 0)
        let request = example.output.trimmingCharacters(in: .newlines)
        let answer = try await ChildProcess.run(["call", type.rawValue, "--json", "--request", request] + Self.demo)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.split(separator: "\n").allSatisfy { (try? JSONParser.parse(String($0)))?.object != nil })
    }

    @Test func badRequestOfACallIsAnErrorWithoutUsage() async throws {
        let result = try await ChildProcess.run(["call", "llm", "--request", "{"] + Self.demo)
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("Error: --request is not JSON"))
        #expect(!result.errors.contains("USAGE"))
    }

    @Test func toolsListsKindProviderNameAndOrigin() async throws {
        let result = try await ChildProcess.run(["tools"] + Self.demo)
        let rows = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(rows.first == ["KIND", "PROVIDER", "TOOL", "NAME", "IS", "CALLED"])
        #expect(rows.contains(["builtin", "langgenius/google/google", "google_search", "declared"]))
        #expect(rows.contains(["api", "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11", "listPets", "operationId", "petstore"]))
        #expect(
            rows.contains(["api", "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11", "petspetId_get", "generated", "petstore"]))
        #expect(Set(rows.dropFirst().compactMap(\.first)) == ["builtin", "workflow", "api"])
        let json = try await JSONParser.parse(ChildProcess.run(["tools", "--json"] + Self.demo).output)
        #expect(json.array?.count == rows.count - 1)
    }

    @Test func toolsShowDescribesOneTool() async throws {
        let result = try await ChildProcess.run(
            ["tools", "show", "builtin", "tarnfell/translator/translator", "translate"] + Self.demo)
        #expect(result.output.contains("target_language  select  required  form  \"de\"     de, fi, fr, nl"))
        let json = try await ChildProcess.run(
            ["tools", "show", "api", "petstore", "listPets", "--json"] + Self.demo)
        let tool = try JSONParser.parse(json.output)
        #expect(tool["method"] == "get")
        #expect(tool["parameters"]?.array?.first?["name"] == "limit")
        let missing = try await ChildProcess.run(["tools", "show", "api", "petstore", "listpets"] + Self.demo)
        #expect(missing.status == 1)
        #expect(missing.errors.contains("this one is \"listPets\""))
    }

    @Test(
        "invoke",
        arguments: [
            (["builtin", "google", "google_search", "--param", "query=tents"], 0, "text        3 results for tents"),
            (["builtin", "google", "google_search", "--params", #"{"query": 5}"#], 0, "3 results for 5"),
            (
                ["builtin", "tarnfell/charts/charts", "sales_chart", "--param", "months:=3"], 0,
                #"{"months":3,"best":10400}"#
            ),
            (
                ["api", "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11", "listPets", "--json"], 0,
                #"{"type":"text","message":{"text":"[{"#
            ),
            (["builtin", "google", "nothing"], 1, "Tool with name nothing not found"),
            (["workflow", "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10", "x"], 1, "report is required in input form"),
        ] as [([String], Int32, String)])
    func invoke(_ arguments: [String], _ status: Int32, _ line: String) async throws {
        let result = try await ChildProcess.run(["invoke"] + arguments + Self.demo)
        #expect(result.status == status)
        #expect(result.output.contains(line), "\(result.output)")
    }

    @Test func invokeTellsWhatAnswered() async throws {
        let result = try await ChildProcess.run(
            ["invoke", "builtin", "google", "google_search", "--param", "query=swift"] + Self.demo)
        #expect(result.errors.contains("script \"a search about swift is slow, then refused\""))
        #expect(result.status == 1)
    }

    @Test(
        "what is wrong with the arguments is said with a remedy",
        arguments: [
            (["invoke", "builtin", "p", "t", "--param", "novalue"], "is neither name=text nor name:=json"),
            (["invoke", "builtin", "p", "t", "--param", "n:=abc"], "the value is not JSON"),
            (["invoke", "builtin", "p", "t", "--params", "[1]"], "--params is no JSON object"),
            (["invoke", "builtin", "p", "t", "--params", "{"], "--params is not JSON"),
            (["invoke", "builtin", "p", "t", "--params", "@gone.json"], "gone.json: there is no such file"),
            (["invoke", "mcp", "p", "t"], "'mcp' is invalid"),
            (["invoke", "builtin", "p", "t", "--url", "nowhere"], "--url is an address such as"),
            (["invoke", "builtin", "p", "t", "--url", "http://127.0.0.1:1"], "is `dify-emulator serve` running?"),
            (
                ["invoke", "builtin", "p", "t", "--url", "http://127.0.0.1:1", "--seed", "s"],
                "leave the other options out"
            ),
            (
                ["tools", "--store", "gone.db"],
                "there is no such store; `dify-emulator seed FILE --store gone.db` makes one"
            ),
            (["tools", "--seed", "gone.yaml"], "gone.yaml: there is no such file"),
            (["tools", "--seed", "seeds"], "seeds: this is a folder, not a file"),
            (["tools", "--store", "seeds"], "seeds: "),
            (["tools", "--workspace", "a b"], "--workspace is 1 to 200 characters"),
            (["serve", "--port", "70000"], "--port is a number from 0 to 65535"),
            (["openapi", "gone.yaml"], "gone.yaml: there is no such file"),
            (["seed", "seeds/demo.yaml"], "Missing expected argument '--store"),
        ] as [([String], String)])
    func badArguments(_ arguments: [String], _ message: String) async throws {
        let result = try await ChildProcess.run(arguments)
        #expect(result.status != 0)
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    @Test func seedFileWithMistakesIsReportedWithAllLines() async throws {
        let file = try Project.temporaryFolder().appending(path: "bad.yaml")
        try "plugins:\n  - id: a b\nworkflows:\n  - {name: x, id: y}\n"
            .write(to: file, atomically: true, encoding: .utf8)
        let result = try await ChildProcess.run(["tools", "--seed", file.path])
        #expect(result.status == 1)
        #expect(result.errors.contains("bad.yaml:2: a plugin's \"id\""))
        #expect(result.errors.contains("bad.yaml:4: \"id\" must be a UUID"))
    }

    @Test func seedAndExportMakeARoundTrip() async throws {
        let folder = try Project.temporaryFolder()
        let store = folder.appending(path: "store.db").path
        let seeded = try await ChildProcess.run(["seed", "seeds/demo.yaml", "--store", store, "--json"])
        #expect(try JSONParser.parse(seeded.output)["workspace"] == "demo")
        let first = try await ChildProcess.run(["export", "--store", store])
        let copy = folder.appending(path: "copy.yaml")
        try first.output.write(to: copy, atomically: true, encoding: .utf8)
        let second = try await ChildProcess.run(["export", "--seed", copy.path])
        #expect(first.output == second.output)
        let tools = try await ChildProcess.run(["tools", "--store", store])
        let original = try await ChildProcess.run(["tools"] + Self.demo)
        #expect(tools.output == original.output)
    }

    @Test(
        "openapi agrees with Dify",
        arguments: [("oai_v30_petstore.yaml", 0), ("oai_v2_petstore.json", 1)] as [(String, Int32)])
    func openapi(_ file: String, _ status: Int32) async throws {
        let path = "Tests/DifyOpenAPITests/Fixtures/\(file)"
        let result = try await ChildProcess.run(["openapi", path, "--json"])
        #expect(result.status == status)
        let json = try JSONParser.parse(result.output)
        if status == 0 {
            #expect(json.object?.keys == ["schema_type", "description", "warning", "tools", "lint"])
            let keys = ["operation_id", "method", "server_url", "summary", "parameters", "openapi"]
            #expect(json["tools"]?.array?.first?.object?.keys == keys)
        } else {
            #expect(json["error"] == "'servers'")
        }
        let text = try await ChildProcess.run(["openapi", path])
        #expect(text.output.contains(status == 0 ? "3 tools" : "Dify refuses this document: 'servers'"))
    }

    @Test func openapiPlaysTheEnvironmentHeader() async throws {
        let document = """
            {"info": {}, "servers": [{"url": "https://dev", "env": "dev"}, {"url": "https://prod", "env": "prod"}],
             "paths": {"/a": {"get": {}}}}
            """
        let result = try await ChildProcess.run(["openapi", "-", "--env", "prod", "--json"], input: document)
        #expect(try JSONParser.parse(result.output)["tools"]?.array?.first?["server_url"] == "https://prod/a")
    }
}

/// A server as a process of its own.
struct ServeTests {
    @Test func namesOfCallersCannotForgeLogLines() async throws {
        let server = try await RunningServer(["--seed", "seeds/demo.yaml"])
        let name = "t\n00:00:00 fake: line\u{1B}[31m" + String(repeating: "x", count: 5000)
        _ = try await ChildProcess.run(["invoke", "builtin", "google", name, "--url", server.url])
        #expect(server.logText.split(separator: "\n").allSatisfy { $0.count < 1500 && !$0.hasPrefix("00:00:00") })
        #expect(!server.logText.contains("\u{1B}"))
        #expect(server.stop() == 0)
    }

    @Test func serverOutlivesItsLog() async throws {
        let server = try await RunningServer(["--seed", "seeds/demo.yaml"], readsLog: false)
        for _ in 0..<3 {
            let result = try await ChildProcess.run(["invoke", "builtin", "google", "nothing", "--url", server.url])
            #expect(result.output.contains("Tool with name nothing not found"))
        }
        #expect(server.stop() == 0)
    }

    @Test("ends cleanly", arguments: [SIGTERM, SIGINT]) func signals(_ signal: Int32) async throws {
        let server = try await RunningServer(["--seed", "seeds/demo.yaml"])
        #expect(server.stop(signal) == 0)
    }

    @Test func invokeCallsARunningServer() async throws {
        let server = try await RunningServer(["--seed", "seeds/demo.yaml"])
        let arguments = ["invoke", "builtin", "google", "google_search", "--param", "query=tents", "--url"]
        let result = try await ChildProcess.run(arguments + [server.url + "/w/mine"])
        #expect(result.output.contains("3 results for tents"))
        #expect(result.status == 0)
        #expect(server.logText.contains("mine: builtin tool google google_search -> reply, 2 messages"))
        #expect(server.stop() == 0)
    }

    @Test func runningServerSeesWhatSeedWrites() async throws {
        let folder = try Project.temporaryFolder()
        let store = folder.appending(path: "store.db").path
        let seed = folder.appending(path: "new.yaml")
        let server = try await RunningServer(["--seed", "seeds/demo.yaml", "--store", store])
        try "workspace: demo\nplugins: [{id: acme/new, tools: [{name: t, reply: [{text: seen}]}]}]"
            .write(to: seed, atomically: true, encoding: .utf8)
        let call = ["invoke", "builtin", "acme/new/new", "t", "--url", server.url]
        #expect(try await ChildProcess.run(call).status == 1)
        #expect(try await ChildProcess.run(["seed", seed.path, "--store", store]).status == 0)
        // The server looks every 100 ms; a slow machine gets many more chances.
        var output = ""
        for _ in 0..<100 where !output.contains("seen") {
            output = try await ChildProcess.run(call).output
        }
        #expect(output.contains("seen"))
        let copy = try await ChildProcess.run(call.dropLast() + [server.url + "/w/copy"])
        #expect(copy.output.contains("seen"))
        #expect(server.stop() == 0)
    }

    @Test func portInUseIsTold() async throws {
        let server = try await RunningServer([])
        let port = try #require(URL(string: server.url)?.port)
        let result = try await ChildProcess.run(["serve", "--port", "\(port)"])
        #expect(result.status == 1)
        #expect(result.errors.contains("port \(port) of 127.0.0.1 is in use; name another with --port"))
        #expect(server.stop() == 0)
    }

    @Test func proxyThatWouldDivertTheSDKIsTold() async throws {
        let out = try Project.temporaryFolder().appending(path: "greeting").path
        let script = """
            \(Project.command.path) serve --port 0 --seed seeds/demo.yaml > \(out) &
            until grep -q Ctrl-C \(out) || ! kill -0 $!; do sleep 0.05; done; kill $!; wait $!; cat \(out)
            """
        let result = try await ChildProcess.run(
            ["-c", script], of: URL(fileURLWithPath: "/bin/sh"),
            environment: ["HTTP_PROXY": "http://proxy:3128", "NO_PROXY": ""])
        #expect(
            result.output.contains(
                "export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost   # HTTP_PROXY would divert"))
        #expect(result.output.contains("export DIFY_PLUGIN_DAEMON_URL=http://127.0.0.1:"))
    }
}
