import DifyEmulator
import DifyProtocol
import Foundation
import TestSupport
import Testing

/// Seeds in and out: what is a mistake, where, and what stays when there is one.
struct SeedTests {
    @Test(
        "mistakes, with their line and a remedy",
        arguments: [
            ("plugins: 3", "s.yaml:1: \"plugins\" is a number; it must be a list"),
            ("plugin: []", "s.yaml:1: a seed has no \"plugin\"; did you mean \"plugins\"?"),
            ("plugins:\n  - id: google\n", "s.yaml:2: a plugin's \"id\" is author/name"),
            ("plugins:\n  - {provider: x}", "s.yaml:2: a plugin needs \"id\""),
            ("plugins: [{id: a/b, tools: [{}]}]", "s.yaml:1: a tool needs \"name\""),
            (
                "plugins:\n- id: a/b\n  tools:\n  - {name: t}\n  - {name: t}",
                "s.yaml:5: the tool \"t\" stands here twice"
            ),
            (
                "plugins: [{id: a/b, tools: [{name: t, parameters: [{name: p, type: integer}]}]}]",
                "there is no parameter type \"integer\"; known are string, number"
            ),
            (
                "plugins: [{id: a/b, tools: [{name: t, parameters: [{name: p, form: user}]}]}]",
                "\"form\" is \"user\"; it must be one of schema, form, llm"
            ),
            (
                "plugins: [{id: a/b, tools: [{name: t, parameters: [{name: p, required: maybe}]}]}]",
                "\"required\" is text; it must be true or false"
            ),
            (
                "plugins:\n- id: a/b\n- id: a/b",
                "s.yaml:3: the plugin provider a/b/b stands here twice, first at s.yaml:2"
            ),
            ("workflows: [{name: my flow}]", "Dify names workflow tools with a-z A-Z 0-9 and _ only; not \"my flow\""),
            ("workflows: [{name: f, id: 7}]", "\"id\" must be a UUID such as"),
            (
                "workflows: [{name: f}, {name: f, id: 11111111-1111-4111-8111-111111111111}]",
                "Tool with name f already exists"
            ),
            ("apis: [{name: a}]", "an API needs \"schema\""),
            ("apis: [{name: a, schema: gone.yaml}]", "gone.yaml: there is no such file"),
            ("apis: [{name: a, schema: {openapi: 3.0.0}}]", "Dify refuses this document: 'info'"),
            (
                "apis:\n- name: a\n  schema: \(document)\n  replies:\n    lost_get: []",
                "s.yaml:5: the document has no tool \"lost_get\"; nearest: \"list_get\""
            ),
            ("\(tool) reply: hello}]}]", "a reply is text; it must be a list of messages"),
            ("\(tool) reply: [{txt: a}]}]}]", "a message has no \"txt\"; did you mean \"text\"?"),
            ("\(tool) reply: [{text: a, json: {}}]}]}]", "a message holds exactly one of"),
            ("\(tool) reply: [{text: a, delay: soon}]}]}]", "\"delay\" is \"soon\"; it must be a time such as 50ms"),
            ("\(tool) reply: [{json: 5}]}]}]", "\"json\" is a number; the SDK reads only a mapping or a list"),
            ("\(tool) reply: [{text: 'a {{b'}]}]}]", "holds braces that do not close"),
            ("\(tool) reply: [{text: 'a {{'}]}]}]", "holds braces that do not close"),
            ("\(tool) reply: [{text: '{{> part}}'}]}]}]", "or an unknown {{…}} form"),
            (
                "\(tool) reply: [{log: {label: l, parent_id: 7}}]}]}]",
                "a log's \"parent_id\" is a number; it must be text"
            ),
            ("\(tool) reply: [{text: {raw: a}, meta: 5}]}]}]", "\"meta\" is a number; it must be a mapping"),
            (
                "scripts: [{match: {}, priority: -9223372036854775808, respond: []}]",
                "\"priority\" must be a whole number"
            ),
            (
                "\(tool) reply: [{variable: {name: text, value: 1}}]}]}]",
                "Dify reserves the variable names json, text and files"
            ),
            (
                "\(tool) reply: [{variable: {name: v, value: 1, stream: true}}]}]}]",
                "a streamed variable's value must be text"
            ),
            ("\(tool) reply: [{log: {label: l, status: done}}]}]}]", "it must be one of start, error, success"),
            ("\(tool) reply: [{log: {label: l, metadata: {cost: 1}}}]}]}]", "a log's \"metadata\" has no \"cost\""),
            ("\(tool) reply: [{blob: {base64: '$$'}}]}]}]", "is no standard base64"),
            ("\(tool) reply: [{outputs: {a: 1}}]}]}]", "\"outputs\" is for workflows; this is a builtin tool"),
            ("\(tool) reply: [{text: a}, {refuse: {message: m}}]}]}]", "\"refuse\" comes before the first byte"),
            ("\(tool) sequence: [], reply: []}]}]", "\"reply\" and \"sequence\" exclude each other"),
            ("\(tool) then: cycle, reply: []}]}]", "\"then\" goes with \"sequence\""),
            ("\(tool) reply: [{error: a}, {text: b}]}]}]", "\"error\" ends the answer, so this would never be sent"),
            (
                "workflows:\n- name: f\n  reply:\n  - {txt: x}\n  - failed: a\n  - text: b",
                "s.yaml:6: \"failed\" ends the answer, so this would never be sent"
            ),
            ("scripts: [{respond: []}]", "a script needs \"match\""),
            (
                "plugins: [{id: a/b, tools: [{name: t, parameters: [{name: p, type: select, options: [x], default: y}]}]}]",
                "the default \"y\" is not among the options"
            ),
            (
                "plugins: [{id: a/b, tools: [{name: t, parameters: [{name: query}]}]}]\n"
                    + "scripts: [{match: {tool: t, parameters: {qery: a}}, respond: []}]",
                "s.yaml:2: t has no parameter \"qery\"; did you mean \"query\"?"
            ),
            ("scripts: [{match: {}}]", "a script needs \"respond\" or \"sequence\""),
            (
                "scripts: [{match: {kind: mcp}, respond: []}]",
                "\"kind\" is \"mcp\"; it must be one of builtin, workflow, api"
            ),
            ("scripts: [{match: {type: lmm}, respond: []}]", "there is no type of call \"lmm\"; did you mean \"llm\"?"),
            ("scripts: [{match: {type: llm, tool: x}, respond: []}]", "\"match\" of type llm has no \"tool\""),
            (
                "scripts: [{match: {type: llm, provider: a/b/c}, respond: []}]",
                "provider \"a/b/c\", of which the workspace has no llm model"
            ),
            ("scripts: [{match: {type: app, app: Desk}, respond: []}]", "app \"Desk\", which the workspace lacks"),
            ("scripts: [{match: {type: llm}, respond: [{scores: [1]}]}]", "a message has no \"scores\""),
            ("scripts: [{match: {type: rerank}, respond: [{scores: [a]}]}]", "\"scores\" must be a list of numbers"),
            ("scripts: [{match: {type: tts}, respond: [{audio: {hex: abc}}]}]", "must be pairs of the digits"),
            ("scripts: [{match: {type: llm}, respond: [{tool_calls: [{nam: x}]}]}]", "did you mean \"name\"?"),
            ("scripts: [{match: {type: llm}, respond: [{usage: {prompt_tokens: many}}]}]", "it must be a whole number"),
            ("scripts: [{match: {type: storage}, respond: [{raw: text}]}]", "it must be the mapping that travels"),
            ("models: [{provider: a/b/c, model: m}]", "a model needs \"type\": llm, text-embedding"),
            ("models: [{provider: a/b/c, model: m, type: embedding}]", "it must be one of llm, text-embedding, rerank"),
            ("models: [{provider: A B, model: m, type: llm}]", "a model's \"provider\" is author/plugin/provider"),
            (
                "models: [{provider: a/b/c, model: m, type: llm, dimension: 3}]",
                "\"dimension\" is for models of type text-embedding"
            ),
            (
                "models: [{provider: a/b/c, model: m, type: llm, pricing: {input: cheap}}]",
                "it must be a price such as 0.15"
            ),
            (
                "models: [{provider: a/b/c, model: m, type: llm}, {provider: a/b/c, model: m, type: llm}]",
                "stands here twice"
            ),
            ("apps: [{name: d, mode: bot}]", "it must be one of chat, agent-chat, advanced-chat, workflow, completion"),
            ("apps: [{name: d, mode: chat, nodes: [x]}]", "\"nodes\" is for the modes workflow and advanced-chat"),
            (
                "apps: [{name: d, mode: chat, reply: [{outputs: {}}]}]",
                "\"outputs\" is for apps of mode workflow, advanced-chat"
            ),
            ("apps: [{name: d, mode: chat, inputs: [{name: a, type: select}]}]", "is a select and needs \"options\""),
            ("caller: {plugin: desk}", "a plugin is author/name"),
            ("storage: {acme/desk: {../x: v}}", "Dify refuses the key"),
            ("storage: {desk: {k: v}}", "storage belongs to a plugin, author/name"),
            ("storage: {acme/desk: {k: {base64: $$}}}", "is no standard base64"),
            ("transcripts: {abc: hello}", "64 hex digits"),
            ("moderation: {flagged: ['']}", "an empty word would flag every text"),
            ("files: [{name: a.txt}]", "a file needs one of"),
            ("files: [{name: a.txt, path: /does/not/exist}]", "there is no such file"),
            ("conversations: [{app: Desk, messages: []}]", "names the app \"Desk\", which the workspace lacks"),
            ("plugins: [{id: a/b, permission: {tools: {}}}]", "did you mean \"tool\"?"),
            (
                "plugins: [{id: a/b, permission: {storage: {enabled: true, size: 3}}}]",
                "must be a whole number from 1024 to 1073741824"
            ),
            (
                "scripts: [{match: {type: storage, opt: fetch}, respond: []}]",
                "\"opt\" is never \"fetch\"; it is one of get, set, del, exist"
            ),
            (
                "scripts: [{match: {type: text_embedding, input_type: {oneOf: [query, doc]}}, respond: []}]",
                "\"input_type\" is never \"doc\""
            ),
            (
                "apps: [{name: d, mode: chat}]\nscripts: [{match: {type: app, app: d}, respond: [{outputs: {}}]}]",
                "\"outputs\" is for apps of mode workflow, advanced-chat; this one is chat"
            ),
            (
                "apps: [{name: d, mode: workflow, nodes: [{id: a, type: question-clasifier}]}]",
                "did you mean \"question-classifier\"?"
            ),
            ("apps: [{name: d, mode: workflow, nodes: [{id: a, outputs: {b: '{{x'}}]}]", "braces that do not close"),
            ("models: [{provider: a/b/c, q: 1}]", "a model has no \"q\"; known are provider, model"),
            (
                "scripts: [{match: {type: llm, tools: weather}, respond: []}]",
                "\"tools\" is a list and never equals \"weather\"; write {contains: \"weather\"}"
            ),
            (
                "scripts: [{match: {type: moderation}, respond: [{flagged: true}, {flagged: false}]}]",
                "this call has one answer, which stands above already"
            ),
            (
                "apps: [{name: d, mode: workflow}]\nscripts: [{match: {type: app}, respond: [{thought: {tool: x}}]}]",
                "no app of the workspace knows this: \"thought\" is for apps of mode agent-chat"
            ),
            ("scripts: [{match: {type: app}, respond: [{file: {ulr: x}}]}]", "did you mean \"url\"?"),
            (
                "scripts: [{match: {type: text_embedding}, respond: [{usage: {prompt_tokens: 3}}]}]",
                "\"usage\" has no \"prompt_tokens\""
            ),
            ("apps: [{name: d, mode: chat, inputs: [{name: a, variable: b}]}]", "two words for one thing"),
            (
                "apps: [{name: d, mode: chat, inputs: [{name: topic}]}]\nscripts: [{match: {type: app, app: d, inputs: {topci: x}}, respond: []}]",
                "d has no input \"topci\", and Dify drops what it does not know; did you mean \"topic\"?"
            ),
            (
                "apps: [{name: d, mode: chat, id: 1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30}, {name: d, mode: chat}]",
                "app d already exists, with another id"
            ),
            ("storage: {a/b: {'': x}}", "a stored value needs a key that is not empty"),
            ("users: [{name: Ann}]", "a user needs \"session\""),
            (
                "scripts: [{match: {parameters: {q: {like: a}}}, respond: []}]",
                "there is no operator \"like\"; known are equal"
            ),
            (
                "scripts: [{match: {parameters: {q: {matches: '('}}}, respond: []}]",
                "\"matches\" is no regular expression"
            ),
            ("scripts: [{match: {}, times: 0, respond: []}]", "\"times\" must be a whole number from 1 on"),
            (
                "scripts:\n- match: {provider: gogle}\n  respond: []",
                "s.yaml:2: the script's match names the provider \"gogle\", which the workspace lacks"
            ),
            (
                "scripts: [{match: {provider: time, tool: now}, respond: []}]",
                "names the tool \"now\", which time lacks"
            ),
            ("a: [b", "not readable as YAML: while parsing a flow sequence that starts in line 1"),
            ("workspace: a b", "a workspace's name is 1 to 200 characters"),
            ("workspace: x\nworkspace: y", "s.yaml:2: \"workspace\" stands here twice"),
            ("", "s.yaml: the file is empty"),
            ("a: &a [*a]", "s.yaml:1: not readable as YAML: found undefined alias"),
        ])
    func mistake(_ seed: String, _ message: String) {
        let error = #expect(throws: SeedError.self) { try Platform(seeds: [.text(seed, name: "s.yaml")]) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    private static let tool = "plugins: [{id: a/b, tools: [{name: t,"
    private static let document =
        "{openapi: 3.0.0, info: {}, servers: [{url: 'https://h'}], paths: {/list: {get: {}}}}"

    @Test func allMistakesAtOnceAndNothingIsWritten() throws {
        let store = try Project.temporaryFolder().appending(path: "s.db").path
        _ = try Platform(.file(store), seeds: [.text("plugins: [{id: a/b, tools: [{name: t}]}]", name: "good")])
        let bad = "plugins:\n  - id: a/b\n    tools: [{name: new}]\nworkflows:\n  - name: a b\n  - name: ok\n    id: x"
        let error = #expect(throws: SeedError.self) { try Platform(.file(store), seeds: [.text(bad, name: "bad")]) }
        #expect(error?.mistakes.map(\.line) == [5, 7])
        let names = try Platform(.file(store)).defaultWorkspace.tools.map(\.identity.tool)
        #expect(names.contains("t"))
        #expect(!names.contains("new"))
    }

    @Test func editedAnswerOfAScriptWithoutANameTakesTheEarlierOnesPlace() async throws {
        let file = try Project.temporaryFolder().appending(path: "s.db").path
        func seed(_ text: String) -> SeedSource {
            let scripts = [
                "{match: {type: llm}, times: 1, respond: [{text: first}]}",
                "{match: {type: llm}, respond: [{text: \(text)}]}",
            ]
            return .text(
                "models: [{provider: a/b/c, model: m, type: llm}]\nscripts: [\(scripts.joined(separator: ", "))]",
                name: "s")
        }
        _ = try Platform(.file(file), seeds: [seed("old")])
        let platform = try Platform(.file(file), seeds: [seed("new")])
        let request: JSONObject = [
            "provider": "a/b/c", "model": "m", "mode": "chat", "prompt_messages": [], "stream": false,
        ]
        let texts = [try await platform.call(.llm, request), try await platform.call(.llm, request)].map {
            $0.data.first?["delta"]?["message"]?["content"]
        }
        #expect(texts == ["first", "new"])
    }

    @Test func callerThatTheSeedDoesNotKnowIsTold() throws {
        let platform = try Platform(seeds: [.text("plugins: [{id: nora/buoy, permission: {}}]", name: "s")])
        let answer = platform.answer(
            Invocation(type: .storage, request: ["opt": "exist", "key": "k"]), in: platform.defaultWorkspace,
            from: Caller(plugin: "nora/bouy"))
        #expect(answer.diagnosis.notes.first?.hasSuffix("so it may do everything; nearest: nora/buoy") == true)
    }

    @Test func mistakeLeavesNoStoreBehind() throws {
        let file = try Project.temporaryFolder().appending(path: "new.db").path
        #expect(throws: SeedError.self) { try Platform(.file(file), seeds: [.text("plugins: 3", name: "bad")]) }
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func scriptsAreJudgedTogetherWithEverythingElse() {
        let bad = """
            plugins: [{id: a/b, tools: [{name: t, reply: [{txt: x}]}]}]
            scripts:
              - {match: {tool: lost}, respond: []}
              - {match: {tool: t}, respond: []}
            """
        let error = #expect(throws: SeedError.self) { try Platform(seeds: [.text(bad, name: "bad")]) }
        #expect(error?.mistakes.map(\.line) == [1, 3])
        // A tool that could not be read must not be reported as missing as well.
        let dropped = "plugins: [{id: b, tools: [{name: t}]}]\nscripts: [{match: {tool: t}, respond: []}]"
        let second = #expect(throws: SeedError.self) { try Platform(seeds: [.text(dropped, name: "bad")]) }
        #expect(second?.mistakes.map(\.line) == [1])
    }

    @Test func laterFilesDeriveIDsFromTheWorkspacesSeed() throws {
        let seeds: [SeedSource] = [
            .text("workspace: w\nseed: 5", name: "a"), .text("workspace: w\nworkflows: [{name: f}]", name: "b"),
        ]
        let whole = SeedSource.text("workspace: w\nseed: 5\nworkflows: [{name: f}]", name: "c")
        let ids = try [seeds, [whole]].map { try Platform(seeds: $0).defaultWorkspace.tools.last?.identity.provider }
        #expect(ids[0] == ids[1])
    }

    @Test func textInRawIsNoTemplate() async throws {
        let outcome = try await Platform.probe("reply: [{text: {raw: 'a {{b'}}]").echo()
        #expect(outcome.texts == ["a {{b"])
    }

    @Test func exportLoadsToTheSameWorkspace() async throws {
        let first = try Platform(seeds: [.file(Project.file("seeds/demo.yaml"))])
        let export = try first.export(first.defaultWorkspace)
        let yaml = try export.yaml()
        for text in [yaml, export.json.description] {
            let second = try Platform(seeds: [.text(text, name: "export")])
            #expect(try second.export(second.defaultWorkspace).json == export.json)
            #expect(second.defaultWorkspace.tools.map(\.identity) == first.defaultWorkspace.tools.map(\.identity))
        }
    }

    @Test(
        "text that YAML would take for something else survives an export",
        arguments: [
            "yes", "007", "1.0", "null", "~", "", " a ", "a: b", "# no", "- x", "two\nlines\n", "tab\tq", "é東😀",
            "{{q}}",
            "'q'", "\"", "@x", "2020-01-01", "line\u{2028}sep", "trailing \n", "\u{7}",
        ])
    func exportKeepsText(_ text: String) async throws {
        let seed: JSONValue = [
            "plugins": [["id": "a/b", "tools": [["name": "t", "reply": [["json": ["k": .string(text)]]]]]]]
        ]
        let first = try Platform(seeds: [.text(seed.description, name: "s")])
        let yaml = try first.export(first.defaultWorkspace).yaml()
        let second = try Platform(seeds: [.text(yaml, name: "export")])
        #expect(try second.export(second.defaultWorkspace).json["plugins"] == seed["plugins"])
    }

    @Test func seedsMergeByIdentity() async throws {
        let base = "plugins: [{id: a/b, tools: [{name: t, reply: [{text: old}]}]}, {id: a/c, tools: [{name: u}]}]"
        let change = "plugins: [{id: a/b, tools: [{name: t, reply: [{text: new}]}]}]"
        let platform = try Platform(seeds: [.text(base, name: "base"), .text(change, name: "change")])
        #expect(await platform.outcome(.builtin, "a/b/b", "t").texts == ["new"])
        #expect(platform.defaultWorkspace.tools.contains { $0.identity.provider == "a/c/c" })
    }

    @Test func idsFollowFromSeedAndNameOnly() throws {
        func identity(_ seed: Int, workspace: String) throws -> String? {
            let text = "workspace: \(workspace)\nseed: \(seed)\nworkflows: [{name: flow, reply: []}]"
            return try Platform(seeds: [.text(text, name: "s")]).defaultWorkspace.tools.last?.identity.provider
        }
        #expect(try identity(1, workspace: "a") == identity(1, workspace: "b"))
        #expect(try identity(1, workspace: "a") != identity(2, workspace: "a"))
    }

    @Test func inlineDocumentsAreReadByYAML1_1() throws {
        let seed = """
            apis:
              - name: a
                schema:
                  openapi: 3.0.0
                  info: {title: t, version: 1}
                  servers: [{url: https://h}]
                  paths:
                    /x:
                      get:
                        parameters:
                          - {name: n, in: query, schema: {type: integer, default: 010}}
                          - {name: b, in: query, required: yes, schema: {type: boolean, default: on}}
                replies: {}
            """
        let parameters = try #require(
            Platform(seeds: [.text(seed, name: "s")]).defaultWorkspace.tools.last?.parameters)
        #expect(parameters.map(\.defaultValue) == [8, true])
        #expect(parameters.map(\.required) == [false, true])
    }

    @Test(
        "documents within a seed, however they are written",
        arguments: [
            "schema:\n      openapi: 3.0.0\n      info: {}\n      servers: [{url: 'https://h'}]\n      paths: {/a: {get: {}}}",
            "schema: &doc\n      info: {}\n      servers: [{url: 'https://h'}]\n      paths: {/a: {get: {}}}",
            "schema: {info: {}, servers: [{url: 'https://h'}], paths: {/a: {get: {}}}}",
            "schema: |\n      info: {}\n      servers: [{url: 'https://h'}]\n      paths: {/a: {get: {}}}",
            "schema: '{\"info\": {}, \"servers\": [{\"url\": \"https://h\"}], \"paths\": {\"/a\": {\"get\": {}}}}'",
        ])
    func inlineDocument(_ schema: String) throws {
        for ending in ["\n", "\r\n"] {
            let seed = "apis:\n  - name: a\n    \(schema)\n    replies: {a_get: [{text: x}]}\n"
            let text = seed.replacing("\n", with: ending)
            let platform = try Platform(seeds: [.text(text, name: "s")])
            #expect(platform.defaultWorkspace.tools.last?.identity.tool == "a_get")
            let copy = try Platform(seeds: [.text(platform.export(platform.defaultWorkspace).yaml(), name: "copy")])
            #expect(copy.defaultWorkspace.tools.last?.identity.tool == "a_get")
        }
    }

    @Test func aliasesMayCrossIntoAnInlineDocument() throws {
        let seed = """
            plugins: [{id: a/b, tools: [{name: t, parameters: [&p {name: q}]}]}]
            apis:
              - name: a
                schema: {info: {}, servers: [{url: 'https://h'}], paths: {/a: {get: {parameters: [*p]}}}}
            """
        let platform = try Platform(seeds: [.text(seed, name: "s")])
        #expect(platform.defaultWorkspace.tools.last?.parameters.map(\.name) == ["q"])
    }

    @Test func documentsWithMoreThanAHundredToolsAreRefusedAsInDify() {
        let paths = (0...100).map { "/p\($0): {get: {}}" }.joined(separator: ", ")
        let seed = "apis: [{name: a, schema: {info: {}, servers: [{url: 'https://h'}], paths: {\(paths)}}}]"
        let error = #expect(throws: SeedError.self) { try Platform(seeds: [.text(seed, name: "s")]) }
        #expect(error?.description.contains("the number of apis should be less than 100") == true)
    }

    @Test func largeSeedsAreReadInTheirStride() throws {
        let plugins = (0..<4000).map { "  - {id: a/p\($0), tools: [{name: t}]}" }.joined(separator: "\n")
        let keys = (0..<20_000).map { "k\($0): \($0)" }.joined(separator: ", ")
        let seed = "plugins:\n\(plugins)\n  - {id: b/b, tools: [{name: t, reply: [{json: {\(keys)}}]}]}"
        let platform = try Platform(seeds: [.text(seed, name: "s")])
        #expect(platform.defaultWorkspace.tools.count == 4001 + 9)
    }

    @Test func ownFilesAreReadByYAML1_2() async throws {
        let platform = try Platform.probe(
            "reply: [{json: {no: no, octal: 012, float: 1e3, date: 2020-01-01, hex: 0x1F}}]")
        let json = await platform.echo().messages.first?.jsonObject
        #expect(json?.description == #"{"no":"no","octal":12,"float":1e3,"date":"2020-01-01","hex":31}"#)
    }
}
