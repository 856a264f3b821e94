import DifyEmulator
import DifyProtocol
import DifyServer
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The console's addresses over a real socket.
struct ConsoleServerTests {
    private static let token = "t0ken"
    private static let builtin = "workspaces/current/tool-provider/builtin"
    private static let seed = """
        workspace: desk
        plugins:
          - id: acme/locked
            provider: locked
            credentials: [{name: first, values: {key: "0123456789"}}, {name: second, values: {key: abc}, default: true}]
            tools: [{name: open, reply: [{text: opened}]}]
          - {id: acme/free, provider: free, tools: [{name: open, reply: [{text: open}]}]}
        """

    /// What a test sends its requests to.
    private struct Door: Sendable {
        let url: URL
        let platform: Platform

        func get(_ path: String, query: String = "", token: String? = token) async throws -> HTTPAnswer {
            try await HTTPAnswer(try request(path, query: query, token: token))
        }

        func post(_ path: String, _ body: JSONValue) async throws -> HTTPAnswer {
            var request = try request(path, token: token)
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(body.description.utf8)
            return try await HTTPAnswer(request)
        }

        private func request(_ path: String, query: String = "", token: String?) throws -> URLRequest {
            let text = "\(url.absoluteString)/console/api/\(path)" + (query.isEmpty ? "" : "?\(query)")
            var request = URLRequest(url: try #require(URL(string: text)))
            if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
            return request
        }
    }

    private static func withDoor(_ body: (Door) async throws -> Void) async throws {
        let platform = try Platform(seeds: [.text(seed, name: "desk.yaml")])
        var configuration = EmulatorServer.Configuration()
        configuration.consoleToken = token
        try await InProcessServer.serve(platform, configuration: configuration) { url in
            try await body(Door(url: url, platform: platform))
        }
    }

    private static func json(_ answer: HTTPAnswer) throws -> JSONValue {
        try JSONParser.parse(utf8: Array(answer.body))
    }

    @Test func addListAndCall() async throws {
        try await Self.withDoor { door in
            let added = try await door.post(
                "workspaces/current/tool-provider/api/add",
                [
                    "provider": "pets", "icon": [:], "credentials": ["auth_type": "none"], "schema_type": "openapi",
                    "schema": .string(ConsoleEditTests.document), "replies": ["listPets": [["text": "hi"]]],
                ])
            #expect(added.text == "{\"result\":\"success\"}\n")
            let list = try Self.json(await door.get("workspaces/current/tools/api"))
            let id = try #require(list.array?.first?["id"]?.string.flatMap { ProviderUUID($0) })
            #expect(try await ConsoleEditTests.texts(of: "listPets", id, on: door.platform) == ["hi"])
        }
    }

    @Test func listsBeginWithDifysOwn() async throws {
        try await Self.withDoor { door in
            let items = try Self.json(await door.get("workspaces/current/tool-providers")).array ?? []
            #expect(
                items.map { $0["id"]?.string } == [
                    "audio", "code", "time", "webscraper", "acme/locked/locked", "acme/free/free",
                ])
            #expect(items.allSatisfy { $0["tools"] == [] })
            let builtin = try Self.json(await door.get("workspaces/current/tools/builtin")).array ?? []
            #expect(builtin.map { $0["id"] } == items.map { $0["id"] })
            #expect(builtin[2]["tools"]?.array?.count == 5)
            #expect(builtin[4]["team_credentials"] == ["key": "***"])
            let keys = [
                "id", "author", "name", "plugin_id", "plugin_unique_identifier", "description", "icon", "icon_dark",
                "label", "type", "team_credentials", "is_team_authorization", "allow_delete", "tools", "labels",
            ]
            #expect(builtin.allSatisfy { $0.object?.keys == keys })
        }
    }

    @Test func credentialsAreKeptAndPreferred() async throws {
        try await Self.withDoor { door in
            let provider = "\(Self.builtin)/acme/locked/locked"
            func names() async throws -> [String?] {
                try Self.json(await door.get("\(provider)/credentials")).array?.map { $0["name"]?.string } ?? []
            }
            #expect(try await names() == ["second", "first"])
            let first = try Self.json(await door.get("\(provider)/credentials")).array?.last
            #expect(first?["credentials"] == ["key": "01******89"])
            _ = try await door.post("\(provider)/default-credential", ["id": try #require(first?["id"])])
            #expect(try await names() == ["first", "second"])
            _ = try await door.post("\(provider)/add", ["credentials": ["key": "x"], "type": "api-key"])
            #expect(try await names() == ["first", "second", "API KEY 1"])
            // A plugin calls with the id that the console gave.
            let id = try Self.json(await door.get("\(provider)/credentials")).array?.last?["id"]?.string
            let call = ToolInvocation(
                kind: .builtin, provider: "acme/locked/locked", tool: "open", parameters: [:], credentialID: id ?? "")
            let answer = door.platform.answer(call.invocation, in: door.platform.defaultWorkspace)
            #expect(answer.events.immediate?.count == 2)
        }
    }

    @Test(arguments: [
        ("acme%2Ffree%2Ffree/tools", 200), ("acme/free/free/tools", 200), ("acme/free/free/info", 400),
        ("acme/nobody/nobody/tools", 500), ("time/nothing", 404),
    ])
    func providersMayHoldSlashes(path: String, status: Int) async throws {
        try await Self.withDoor { door in
            let status1 = try await door.get("\(Self.builtin)/\(path)").status
            #expect(status1 == status)
        }
    }

    @Test func theTokenIsMadeUpUnlessItIsGiven() {
        let (first, second) = (EmulatorServer.Configuration(), EmulatorServer.Configuration())
        #expect(first.consoleToken != second.consoleToken)
        #expect(first.consoleToken.count >= 32)
    }

    @Test func aStrangerChangesNothing() async throws {
        try await Self.withDoor { door in
            let status2 = try await door.get("workspaces/current/tool-providers", token: nil).status
            #expect(status2 == 401)
            let status3 = try await door.get("workspaces/current/tool-providers", token: "").status
            #expect(status3 == 401)
        }
    }

    @Test func aBodyThatIsTooLargeIsRefused() async throws {
        try await Self.withDoor { door in
            let answer = try await door.post(
                "workspaces/current/tool-provider/api/schema",
                ["schema": .string(String(repeating: "x", count: 7 * 1024 * 1024))])
            #expect(answer.status == 413)
        }
    }
}
