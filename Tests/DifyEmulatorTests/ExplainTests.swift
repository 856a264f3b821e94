import DifyEmulator
import DifyProtocol
import Foundation
import TestSupport
import Testing

/// What Dify would do with a call, shown without doing it.
struct ExplainTests {
    private static func explain(_ platform: Platform, _ arguments: JSONObject) -> CallExplanation {
        platform.explain(
            ToolInvocation(kind: .api, provider: OneOperation.provider, tool: "op", parameters: arguments))
    }

    @Test func requestAndArguments() throws {
        let platform = try OneOperation.platform(
            """
            {"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},
            {"name":"limit","in":"query","schema":{"type":"integer"}}],
            "requestBody":{"content":{"application/json":{"schema":{"properties":{"n":{"type":"integer"}}}}}}}
            """, method: "post", path: "/a/{id}",
            settings: [
                "credentials: {auth_type: api_key_header, api_key_header_prefix: bearer, api_key_value: sk-1234567}"
            ])
        let explanation = Self.explain(platform, ["id": "x", "limit": "5", "n": 1.9])
        let request = try #require(explanation.request)
        #expect(request.method == "POST")
        #expect(request.url == "https://h/a/x?limit=5")
        #expect(request.body == #"{"n": 1}"#)
        let authorization = request.headers.first { $0.name.lowercased() == "authorization" }
        #expect(authorization?.value == "Bearer sk******67")
        #expect(explanation.arguments.map(\.name) == ["id", "limit", "n"])
        #expect(explanation.arguments.map(\.destination) == ["path", "query", "body"])
        #expect(explanation.arguments.map(\.given) == ["x", "5", 1.9])
        #expect(explanation.arguments.map(\.cast) == ["x", 5, 1.9])
        #expect(explanation.arguments[2].place?.pointer.hasSuffix("/schema/properties/n") == true)
        #expect(explanation.failure == nil)
        #expect(explanation.answer == "nobody: the tool has no reply")
    }

    @Test(
        "keys are masked as in Dify's console",
        arguments: [("sk-1234567", "sk******67"), ("1234567", "12***67"), ("123456", "******")])
    func keyInTheQuery(_ key: String, _ masked: String) throws {
        let platform = try OneOperation.platform(
            "{}", settings: [#"credentials: {auth_type: api_key_query, api_key_value: "\#(key)"}"#])
        let explanation = Self.explain(platform, [:])
        #expect(explanation.request?.url == "https://h/a?key=\(masked)")
        #expect(!explanation.json.description.contains(key))
    }

    private static let body = """
        {"requestBody":{"content":{"application/json":{"schema":{"properties":{"o":{"type":"object"},
        "r":{"$ref":"#/components/schemas/R"},"n":{"type":"integer"},"t":{"description":"x"},
        "f":{"type":"string","format":"binary"},"b":{"type":"boolean"}}}},"text/plain":{"schema":{"properties":{
        "later":{"type":"string"}}}}}},"parameters":[{"name":"id","in":"path","required":true},{"name":"q","in":"query"},
        {"name":"h","in":"header","schema":{"type":"boolean"}}]}
        """

    @Test(
        "traps have a place and a remedy",
        arguments: [
            (
                ["o": ["k": 1]], "the object arrives as Python text: {'k': 1}",
                #"pass JSON text, which Dify decodes there: o='{"k":1}'"#
            ),
            (["r": ["k": 1]], "the object arrives as Python text: {'k': 1}", "in place of the reference"),
            (["q": [1]], "the list arrives as Python text: [1]", "pass the text that the API expects"),
            (["n": 1.5], "1.5 is cut to 1", "pass a whole number"),
            (["t": "x"], "the property has no type, so null is sent", "give the property a type"),
            (["b": "off"], "the text off counts as true", "pass true or false"),
            (["h": true], "the boolean arrives as True", "declare it as a string"),
            (["id": "a/b"], "a/b changes the address", "a%2Fb"),
            (["q": ""], "an empty text in a query is left out", "no way to send it empty"),
            (["limt": 1], "no parameter is called limt", "look at the tool's parameters"),
            (["later": "x"], "only the first is sent: application/json", "put the one that is to be sent first"),
            (["f": ["url": "x"]], "a file, which a plugin's call cannot carry", "a script can answer the tool"),
        ] as [(JSONObject, String, String)])
    func trap(_ arguments: JSONObject, _ problem: String, _ remedy: String) throws {
        let platform = try OneOperation.platform(
            Self.body, method: "post", path: "/a/{id}", document: #"{"components":{"schemas":{"R":{"type":"object"}}}}"#
        )
        let explanation = Self.explain(platform, JSONObject([("id", "1")]).merging(arguments))
        let trap = explanation.traps.first { $0.problem.contains(problem) }
        #expect(trap?.remedy.contains(remedy) == true, "\(explanation.traps)")
        #expect(trap?.place.pointer.hasPrefix("/paths/~1a~1{id}/post") == true)
    }

    @Test(
        "traps of the address and the document",
        arguments: [
            ("https://h/v1?fixed=1", "{}", "dropped: ?fixed=1/a", "/servers/0/url"),
            ("https://{region}.h", "{}", "the server's variable {region} is not filled in", "/servers/0/url"),
            ("https://h/", "{}", "the address has two slashes", "/servers/0/url"),
            ("https://me:pw@h", "{}", "user and password of the address", "/servers/0/url"),
            ("https://h", #"{"security":[{"key":[]}]}"#, "asks for credentials", "/security"),
        ])
    func addressTrap(_ server: String, _ document: String, _ problem: String, _ pointer: String) throws {
        let platform = try OneOperation.platform("{}", server: server, document: document)
        let traps = Self.explain(platform, [:]).traps
        #expect(traps.contains { $0.problem.contains(problem) && $0.place.pointer == pointer }, "\(traps)")
    }

    @Test func sharedParametersAreATrap() throws {
        let platform = try OneOperation.platform("{}", item: #"{"parameters":[{"name":"t","in":"query"}]}"#)
        let traps = Self.explain(platform, [:]).traps
        #expect(traps.map(\.place.pointer) == ["/paths/~1a/parameters/0"])
        #expect(traps.map(\.remedy) == ["repeat it among the operation's own parameters"])
    }

    // MARK: - Places

    @Test func placesHaveLinesWhereTheDocumentHas() throws {
        let folder = try Project.temporaryFolder()
        let document = """
            info: {title: t}
            servers: [{url: https://h}]
            paths:
              /a:
                get:
                  operationId: op
                  parameters:
                    - $ref: '#/components/parameters/Q'
            components:
              parameters:
                Q:
                  name: q
                  in: query
                  schema: {type: string, maxLength: 1}
            """
        try document.write(to: folder.appending(path: "api.yaml"), atomically: true, encoding: .utf8)
        let seed = folder.appending(path: "seed.yaml")
        try "apis: [{name: one, id: \(OneOperation.provider), schema: api.yaml}]"
            .write(to: seed, atomically: true, encoding: .utf8)
        let explanation = Self.explain(try Platform(seeds: [.file(seed.path)]), ["q": ["x"]])
        #expect(explanation.arguments.first?.place?.description == "8:11 /paths/~1a/get/parameters/0")
        #expect(explanation.traps.first?.place.line == 8)
        #expect(explanation.violations.first?.place.description.hasPrefix("14:") == true)
        #expect(explanation.json["traps"]?.array?.first?["line"] == 8)
    }

    // MARK: - How far a call comes

    @Test func failuresTellHowFarTheCallCame() throws {
        let platform = try OneOperation.platform(
            """
            {"parameters":[{"name":"n","in":"query","schema":{"type":"integer"}},
            {"name":"need","in":"query","required":true},{"name":"s","in":"query"}]}
            """)
        let cast = Self.explain(platform, ["n": "abc", "s": 5])
        #expect(cast.failure?.stage == .cast)
        #expect(cast.failure?.message == "invalid literal for int() with base 10: 'abc'")
        #expect(cast.arguments.first { $0.name == "s" }?.cast == "5")
        #expect(cast.notes.first?.contains("the parameter n") == true)
        let request = Self.explain(platform, ["n": "1"])
        #expect(request.failure?.stage == .request)
        #expect(request.failure?.message == "Missing required parameter need")
        #expect(request.arguments.first { $0.name == "n" }?.cast == 1)
        #expect(request.request == nil)
        let call = ToolInvocation(kind: .api, provider: OneOperation.provider, tool: "opp", parameters: [:])
        let lookup = platform.explain(call)
        #expect(lookup.failure?.stage == .lookup)
        #expect(lookup.failure?.message == "tool opp not found")
        #expect(lookup.notes == ["nearest names: \"op\""])
    }

    @Test func otherKindsShowTheCasts() throws {
        let platform = try Platform.probe("parameters: [{name: n, type: number}]\nreply: [{text: x}]")
        let call = ToolInvocation(
            kind: .builtin, provider: "acme/probe/probe", tool: "echo", parameters: ["n": "5"])
        let explanation = platform.explain(call)
        #expect(explanation.request == nil)
        #expect(explanation.arguments.map(\.cast) == [5])
        #expect(explanation.notes.first?.contains("runs in its plugin, not over HTTP") == true)
        #expect(explanation.answer == "the tool's reply")
    }

    // MARK: - What would answer

    @Test(
        "what would answer",
        arguments: [
            (
                ["generate: true"],
                "the document: 200 application/json, from /paths/~1a/get/responses/200/content/application~1json/example"
            ),
            (["live: true"], "nothing: `live: true` needs the platform's leave; start it with --allow-live h"),
            (["replies: {op: [{text: x}]}", "generate: true"], "the tool's reply"),
            (["validate: refuse", "generate: true"], "nothing: `validate: refuse` refuses the call"),
        ])
    func answer(_ settings: [String], _ answer: String) throws {
        let operation = """
            {"responses":{"200":{"content":{"application/json":{"example":1}}}},
            "parameters":[{"name":"q","in":"query","schema":{"enum":["a"]}}]}
            """
        let platform = try OneOperation.platform(operation, settings: settings)
        #expect(Self.explain(platform, ["q": "z"]).answer == answer)
    }

    @Test func explainingUsesNothingUp() async throws {
        let seed = """
            plugins: [{id: acme/probe, tools: [{name: echo, reply: [{text: reply}]}]}]
            scripts:
              - {name: once, match: {kind: builtin, tool: echo}, times: 1, respond: [{text: script}]}
            """
        let platform = try Platform(seeds: [.text(seed, name: "once.yaml")])
        let call = ToolInvocation(kind: .builtin, provider: "acme/probe/probe", tool: "echo", parameters: [:])
        #expect(platform.explain(call).answer == "the script \"once\"")
        #expect(await platform.echo().texts == ["script"])
        #expect(platform.explain(call).answer == "the tool's reply")
    }
}
