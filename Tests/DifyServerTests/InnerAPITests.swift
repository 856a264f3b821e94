import DifyEmulator
import DifyProtocol
import DifyServer
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `/inner/api/…` over a real socket, to the byte: what Dify's plugin daemon asks, and what it gets.
struct InnerAPITests {
    private static let seed = """
        workspace: inner
        caller: {plugin: acme/desk, user: ann}
        users: [{id: e0e0e0e0-0000-4000-8000-000000000001, session: ann}]
        plugins:
          - {id: acme/desk, permission: {tool: {enabled: false}}}
          - id: acme/probe
            tools:
              - {name: echo, parameters: [{name: q}], reply: [{text: "{{q}}"}]}
              - {name: broken, reply: [{text: first}, {error: "it/broke é"}]}
              - {name: refused, reply: [{refuse: {status: 400, message: "no/way"}}]}
              - {name: raw, reply: [{raw: {type: json, message: {json_object: {b: 1.0, a: 1e22}}, meta: null}}]}
              - {name: nothing, parameters: [{name: q}]}
              - {name: slow, reply: [{text: first}, {delay: 5ms, text: last}, {delay: 5ms, error: late}]}
        models:
          - provider: acme/quokka/quokka
            model: mini
            type: llm
            pricing: {input: "0.15", output: "0.60", unit: "0.000001"}
            reply: [{text: Hé/}]
          - {provider: acme/quokka/quokka, model: embed, type: text-embedding, reply: [{embedding: [1, 0.5, 1e-7]}]}
          - {provider: acme/quokka/quokka, model: rank, type: rerank, reply: [{scores: [0, 1]}]}
          - {provider: acme/quokka/quokka, model: guard, type: moderation, reply: [{error: "no/é"}]}
          - {provider: acme/quokka/quokka, model: voice, type: tts, reply: [{audio: {hex: "00ff"}}, {error: hoarse}]}
          - {provider: acme/quokka/quokka, model: ear, type: speech2text, reply: [{text: heard}]}
          - {provider: acme/quokka/quokka, model: both, type: rerank}
        apps:
          - {id: a1000000-0000-4000-8000-000000000001, name: Chat, mode: chat, reply: [{text: Hi}]}
          - {id: a1000000-0000-4000-8000-000000000002, name: Flow, mode: workflow, reply: [{outputs: {z: 1, a: 2.0}}]}
        """

    /// A server, and how the daemon would call it.
    private struct Daemon {
        let url: URL
        let platform: Platform

        /// Posts a body as the daemon does, its tenant and user in front unless `isBare`.
        func post(
            _ path: String, _ body: JSONObject, key: String? = "inner-api-key", isBare: Bool = false,
            method: String = "POST"
        ) async throws -> HTTPAnswer {
            let tenant: JSONObject = [
                "tenant_id": .string(platform.defaultWorkspace.tenantID.description), "user_id": "ann",
            ]
            let whole = isBare ? body : tenant.merging(body)
            return try await send(path, Data(JSONWriter.string(.object(whole)).utf8), key: key, method: method)
        }

        func send(
            _ path: String, _ body: Data, key: String? = "inner-api-key", type: String = "application/json",
            method: String = "POST"
        ) async throws -> HTTPAnswer {
            var request = URLRequest(url: url.appending(path: "inner/api/\(path)"))
            request.httpMethod = method
            request.httpBody = method == "GET" ? nil : body
            request.setValue(type, forHTTPHeaderField: "Content-Type")
            request.setValue(key, forHTTPHeaderField: "X-Inner-Api-Key")
            return try await HTTPAnswer(request)
        }

        func tool(_ name: String, _ parameters: JSONValue = [:]) async throws -> HTTPAnswer {
            try await post(
                "invoke/tool",
                [
                    "tool_type": "builtin", "provider": "acme/probe/probe", "tool": .string(name),
                    "tool_parameters": parameters,
                ])
        }

        func model(_ path: String, _ model: String, _ more: JSONObject) async throws -> HTTPAnswer {
            let base: JSONObject = ["provider": "acme/quokka/quokka", "model": .string(model)]
            return try await post(path, base.merging(more))
        }
    }

    private func withDaemon(
        quirks: Quirk.Treatment = .useful, profile: String? = nil, key: String? = nil,
        _ body: (Daemon) async throws -> Void
    ) async throws {
        var options = Platform.Options()
        options.quirks = quirks
        options.profile = try profile.map { try Profile($0) }
        let platform = try Platform(seeds: [.text(Self.seed, name: "seed")], options: options)
        var configuration = EmulatorServer.Configuration()
        if let key { configuration.innerAPIKey = key }
        try await InProcessServer.serve(platform, configuration: configuration) { url in
            try await body(Daemon(url: url, platform: platform))
        }
    }

    private static func frames(_ answer: HTTPAnswer) throws -> [String] {
        #expect(answer.status == 200)
        #expect(answer.header("Content-Type") == "text/event-stream; charset=utf-8")
        var decoder = FrameDecoder()
        decoder.append(answer.body)
        var frames: [String] = []
        while let json = try decoder.next() { frames.append(String(decoding: json, as: UTF8.self)) }
        try decoder.finish()
        return frames
    }

    // MARK: - Streams

    @Test func framesToTheByte() async throws {
        try await withDaemon { daemon async throws in
            let json = #"{"data":{"type":"text","message":{"text":"hi"},"meta":null},"error":""}"#
            let answer = try await daemon.tool("echo", ["q": "hi"])
            #expect(Array(answer.body) == [0x0F, 0, 0x0A, 0, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8))
            #expect(try Self.frames(answer) == [json])
        }
    }

    @Test func toolsAndTheirFailures() async throws {
        try await withDaemon { daemon async throws in
            let first = #"{"data":{"type":"text","message":{"text":"first"},"meta":null},"error":""}"#
            #expect(
                try await Self.frames(daemon.tool("broken")) == [first, #"{"data":null,"error":"it/broke é"}"#])
            let slow = first.replacing("first", with: "last")
            #expect(try await Self.frames(daemon.tool("slow")) == [first, slow, #"{"data":null,"error":"late"}"#])
            #expect(
                try await Self.frames(daemon.tool("raw")) == [
                    #"{"data":{"type":"json","message":{"json_object":{"b":1.0,"a":1e22}},"meta":null},"error":""}"#
                ])
            let nobody = try await Self.frames(daemon.tool("nothing", ["q": 1]))
            #expect(nobody.first?.hasPrefix(#"{"data":null,"error":"dify-emulator: no reply for builtin tool"#) == true)
            let refused = try await daemon.tool("refused")
            #expect(refused.status == 400 && refused.header("Content-Type") == "application/json")
            #expect(refused.text == #"{"code":"invalid_param","message":"no\/way","status":400}"# + "\n")
            let unknown = try await daemon.tool("absent")
            #expect(
                unknown.text == #"{"code":"invalid_param","message":"Tool with name absent not found","status":400}"#
                    + "\n")
        }
    }

    @Test func chunksOfALanguageModel() async throws {
        let usage =
            #"{"prompt_tokens":1,"prompt_unit_price":"0.15","prompt_price_unit":"0.000001","prompt_price":"2E-7","#
            + #""completion_tokens":2,"completion_unit_price":"0.6","completion_price_unit":"0.000001","#
            + #""completion_price":"0.0000012","total_tokens":3,"total_price":"0.0000014","currency":"USD","latency":0.0,"#
            + #""time_to_first_token":null,"time_to_generate":null}"#
        let chunk = { (index: Int, text: String, usage: String, reason: String) in
            #"{"data":{"model":"mini","prompt_messages":[],"system_fingerprint":null,"delta":{"index":\#(index),"#
                + #""message":{"role":"assistant","content":"\#(text)","name":null,"tool_calls":[]},"#
                + #""usage":\#(usage),"finish_reason":\#(reason)}},"error":""}"#
        }
        let prompt: JSONObject = ["mode": "chat", "prompt_messages": [["role": "user", "content": "a"]]]
        try await withDaemon { daemon async throws in
            let streamed = try await daemon.model("invoke/llm", "mini", prompt.merging(["stream": true]))
            #expect(
                try Self.frames(streamed) == [chunk(0, "Hé/", "null", "null"), chunk(1, "", usage, #""stop""#)])
            // Null is a stream as well, and no word is none.
            let unsaid = try await daemon.model("invoke/llm", "mini", prompt.merging(["stream": .null]))
            #expect(try Self.frames(unsaid).count == 2)
            let whole = try await daemon.model("invoke/llm", "mini", prompt)
            #expect(try Self.frames(whole) == [chunk(0, "Hé/", usage, #""""#)])
            let unknown = try await daemon.model("invoke/llm", "nope", prompt.merging(["stream": true]))
            #expect(
                unknown.text
                    == #"{"code":"invalid_param","message":"Model nope credentials is not initialized.","status":400}"#
                    + "\n")
        }
    }

    @Test func structuredOutputComesFirst() async throws {
        try await withDaemon { daemon async throws in
            let schema: JSONValue = ["type": "object", "properties": ["n": ["const": 1]], "required": ["n"]]
            let answer = try await daemon.model(
                "invoke/llm/structured-output", "mini",
                ["mode": "chat", "stream": true, "structured_output_schema": schema])
            // The model's own reply is no JSON.
            #expect(
                try Self.frames(answer).last == #"{"data":null,"error":"Failed to parse structured output: Hé/"}"#)
            #expect(
                try Self.frames(answer).first?.hasPrefix(#"{"data":{"structured_output":null,"model":"mini","#) == true)
        }
    }

    @Test func eventsOfAppsInDifysOrder() async throws {
        try await withDaemon { daemon async throws in
            let chat = try await daemon.post(
                "invoke/app",
                [
                    "app_id": "a1000000-0000-4000-8000-000000000001", "inputs": [:], "query": "q",
                    "response_mode": "streaming",
                ])
            let frames = try Self.frames(chat).compactMap { try JSONParser.parse($0)["data"]?.object }
            let envelope = ["event", "conversation_id", "message_id", "created_at", "task_id", "id"]
            #expect(
                frames.map(\.keys) == [
                    envelope + ["answer", "from_variable_selector"], envelope + ["answer", "from_variable_selector"],
                    envelope + ["metadata", "files"],
                ])
            let flow = try await daemon.post(
                "invoke/app",
                ["app_id": "a1000000-0000-4000-8000-000000000002", "inputs": [:], "response_mode": "blocking"])
            let blocking = try #require(try Self.frames(flow).map { try JSONParser.parse($0)["data"] }.first)
            #expect(blocking?.object?.keys == ["task_id", "workflow_run_id", "data"])
            #expect(blocking?["data"]?["outputs"]?.description == #"{"z":1,"a":2.0}"#)
            #expect(blocking?["data"]?["elapsed_time"]?.description == "0.0")
            let silent = try await daemon.post(
                "invoke/app",
                ["app_id": "a1000000-0000-4000-8000-000000000001", "inputs": [:], "response_mode": "streaming"])
            #expect(silent.text == #"{"code":"invalid_param","message":"missing query","status":400}"# + "\n")
        }
    }

    @Test func speechAndItsEnd() async throws {
        try await withDaemon { daemon async throws in
            let answer = try await daemon.model("invoke/tts", "voice", ["content_text": "a", "voice": "v"])
            #expect(
                try Self.frames(answer) == [
                    #"{"data":{"result":"00ff"},"error":""}"#, #"{"data":null,"error":"hoarse"}"#,
                ])
        }
    }

    // MARK: - Single answers

    @Test func objectsAsFlaskWritesThem() async throws {
        try await withDaemon { daemon async throws in
            let embedded = try await daemon.model("invoke/text-embedding", "embed", ["texts": ["a"]])
            #expect(
                embedded.text
                    == #"{"data":{"model":"embed","embeddings":[[1.0,0.5,1e-7]],"usage":{"tokens":1,"total_tokens":1,"#
                    + #""unit_price":"0","price_unit":"0","total_price":"0","currency":"USD","latency":0.0}},"error":""}"#
                    + "\n")
            #expect(embedded.header("Content-Type") == "application/json")
            let ranked = try await daemon.model(
                "invoke/rerank", "rank", ["query": "a", "docs": ["x/y", "é"], "score_threshold": 0, "top_n": 2])
            #expect(
                ranked.text
                    == #"{"data":{"model":"rank","docs":[{"index":1,"text":"\u00e9","score":1.0},"#
                    + #"{"index":0,"text":"x\/y","score":0.0}]},"error":""}"# + "\n")
            let heard = try await daemon.model("invoke/speech2text", "ear", ["file": "6869"])
            #expect(heard.text == #"{"data":{"result":"heard"},"error":""}"# + "\n")
        }
    }

    @Test func whatFailsBehindTheseAddressesIsAnAnswer() async throws {
        try await withDaemon { daemon async throws in
            let moderated = try await daemon.model("invoke/moderation", "guard", ["text": "a"])
            #expect(moderated.status == 200)
            #expect(moderated.text == #"{"data":null,"error":"no\/\u00e9"}"# + "\n")
            let node = try await daemon.post(
                "invoke/question-classifier",
                [
                    "model": ["provider": "acme/quokka/quokka", "name": "nope", "mode": "chat"], "query": "q",
                    "classes": [], "instruction": "",
                ])
            #expect(node.text == #"{"data":{"inputs":null,"outputs":null,"process_data":null},"error":""}"# + "\n")
        }
    }

    @Test func platformCalls() async throws {
        try await withDaemon { daemon async throws in
            let upload = try await daemon.post("upload/file/request", ["filename": "a.png", "mimetype": "image/png"])
            let url = try #require(try JSONParser.parse(upload.text)["data"]?["url"]?.string)
            #expect(url.hasPrefix("\(daemon.url.absoluteString)/files/upload/for-plugin?timestamp="))
            #expect(url.contains("&user_id=e0e0e0e0-0000-4000-8000-000000000001&tenant_id="))
            #expect(upload.text.contains(#"http:\/\/127.0.0.1"#))
            let info = try await daemon.post("fetch/app/info", ["app_id": "a1000000-0000-4000-8000-000000000001"])
            #expect(info.text.hasPrefix(#"{"data":{"data":{"opening_statement":null,"suggested_questions":[],"#))
            #expect(info.text.contains(#""more_like_this":{"enabled":false},"user_input_form":[],"sensitive_word"#))
            let unknown = try await daemon.post("fetch/app/info", ["app_id": "a1000000-0000-4000-8000-00000000000f"])
            #expect(unknown.text == #"{"code":"invalid_param","message":"app not found","status":400}"# + "\n")
        }
    }

    @Test func secretsAreHiddenAndReadAgain() async throws {
        let config: JSONValue = [["type": "secret-input", "name": "key"], ["type": "text-input", "name": "url"]]
        let request: JSONObject = ["namespace": "endpoint", "identity": "e", "config": config]
        try await withDaemon { daemon async throws in
            let settings: JSONValue = ["key": "sécret", "url": "http://h"]
            let hidden = try await daemon.post(
                "invoke/encrypt", request.merging(["opt": "encrypt", "data": settings]))
            let data = try #require(try JSONParser.parse(hidden.text)["data"]?["data"]?.object)
            #expect(data["url"] == "http://h" && data["key"] != "sécret")
            let read = try await daemon.post(
                "invoke/encrypt", request.merging(["opt": "decrypt", "data": .object(data)]))
            #expect(try JSONParser.parse(read.text)["data"]?["data"] == settings)
            let plain = try await daemon.post("invoke/encrypt", request.merging(["opt": "decrypt", "data": settings]))
            #expect(try JSONParser.parse(plain.text)["data"]?["data"] == settings)
            let cleared = try await daemon.post("invoke/encrypt", request.merging(["opt": "clear", "data": settings]))
            #expect(cleared.text == #"{"data":{"data":{}},"error":""}"# + "\n")
            let number = try await daemon.post(
                "invoke/encrypt", request.merging(["opt": "encrypt", "data": ["key": 5]]))
            #expect(number.text == #"{"data":null,"error":"'int' object has no attribute 'encode'"}"# + "\n")
        }
    }

    @Test func anUploadCanBeDownloaded() async throws {
        try await withDaemon { daemon async throws in
            let file = try await daemon.platform.session().file.upload(
                filename: "a.txt", content: Data("hello".utf8), mimeType: "text/plain")
            let reference = "dify-file-ref:" + Data(#"{"record_id":"\#(file.id)"}"#.utf8).base64EncodedString()
            let request: JSONObject = [
                "user_id": "e0e0e0e0-0000-4000-8000-000000000001", "user_from": "end-user",
                "invoke_from": "service-api",
                "file": ["transfer_method": "tool_file", "reference": .string(reference)],
            ]
            let answer = try await daemon.post("download/file/request", request)
            let data = try #require(try JSONParser.parse(answer.text)["data"]?.object)
            #expect(data.keys == ["filename", "mime_type", "size", "download_url"])
            #expect(data["filename"] == "a.txt" && data["mime_type"] == "text/plain" && data["size"] == 5)
            let address = try #require(data["download_url"]?.string.flatMap(URL.init(string:)))
            #expect(try await HTTPAnswer(URLRequest(url: address)).text == "hello")
            let stranger = try await daemon.post("download/file/request", request.merging(["user_id": "x"]))
            #expect(stranger.status == 400 && stranger.text.contains("ToolFile \(file.id) not found"))
            let extra = try await daemon.post("download/file/request", request.merging(["more": 1]))
            #expect(extra.text.contains(#"more\n  Extra inputs are not permitted [type=extra_forbidden"#))
        }
    }

    // MARK: - Who may ask, and what

    private static let missing =
        #"{"code":"invalid_param","message":"2 validation errors for TenantUserPayload\ntenant_id\n  Field required "#
        + #"[type=missing, input_value={}, input_type=dict]\n    For further information visit "#
        + #"https:\/\/errors.pydantic.dev\/2.12\/v\/missing\nuser_id\n  Field required [type=missing, input_value={}, "#
        + #"input_type=dict]\n    For further information visit https:\/\/errors.pydantic.dev\/2.12\/v\/missing","#
        + #""status":400}"# + "\n"

    private static func notFound(_ path: String, _ near: String...) -> String {
        let addresses = ([path] + near).map { #"\/inner\/api\/"# + $0.replacing("/", with: #"\/"#) }
        return #"{"code":"not_found","message":"The requested URL was not found on the server. If you entered the URL "#
            + #"manually please check your spelling and try again. You have requested this URI [\#(addresses[0])] but did "#
            + #"you mean \#(addresses.joined(separator: " or ")) ?","status":404}"# + "\n"
    }

    @Test func theKeyDecides() async throws {
        try await withDaemon(key: "other") { daemon async throws in
            for key in [nil, "inner-api-key"] {
                let answer = try await daemon.post("invoke/llm", [:], key: key)
                #expect(answer.status == 404)
                #expect(answer.text == Self.notFound("invoke/llm", "invoke/tool", "invoke/tts"))
            }
            #expect(try await daemon.post("invoke/llm", [:], key: "other").status == 400)
        }
    }

    @Test("tenant and user come before the key from 1.9 on", arguments: [("1.8.1", 404), ("1.9.0", 400)])
    func order(_ profile: String, _ status: Int) async throws {
        try await withDaemon(profile: profile) { daemon async throws in
            #expect(try await daemon.post("invoke/llm", [:], key: "no", isBare: true).status == status)
        }
    }

    @Test func bodiesWithoutTenantAndUser() async throws {
        try await withDaemon { daemon async throws in
            for body in ["", "nope", "{}", "[]", "0", "null", #"{"a":NaN}"#, #"{"a":1e999}"#, #""\ud800""#] {
                #expect(try await daemon.send("invoke/llm", Data(body.utf8)).text == Self.missing, "\(body)")
            }
            #expect(try await daemon.send("invoke/llm", Data("{}".utf8), type: "text/plain").text == Self.missing)
            let cases: [(JSONObject, String)] = [
                (["tenant_id": "", "user_id": ""], "tenant_id is required"),
                (["tenant_id": "00000000-0000-4000-8000-000000000000", "user_id": ""], "tenant not found"),
            ]
            for (body, text) in cases {
                #expect(
                    try await daemon.post("invoke/llm", body, isBare: true).text
                        == #"{"code":"invalid_param","message":"\#(text)","status":400}"# + "\n")
            }
            let odd = try await daemon.post("invoke/llm", ["tenant_id": "x", "user_id": ""], isBare: true)
            #expect(odd.text == #"{"message":"Internal Server Error","code":"unknown","status":500}"# + "\n")
            let list = try await daemon.send("invoke/llm", Data("[1]".utf8))
            #expect(list.text.contains("Input should be a valid dictionary or instance of TenantUserPayload"))
        }
    }

    @Test(
        "payloads that Dify's models refuse",
        arguments: [
            (
                "invoke/tool", ["tool_type": "x", "provider": 1, "tool": "t", "tool_parameters": .null],
                [
                    "tool_type\n  Input should be 'builtin', 'workflow', 'api' or 'mcp' [type=literal_error, input_value='x', "
                        + "input_type=str]",
                    "provider\n  Input should be a valid string [type=string_type, input_value=1, input_type=int]",
                    "tool_parameters\n  Input should be a valid dictionary [type=dict_type, input_value=None, "
                        + "input_type=NoneType]",
                ]
            ),
            (
                "invoke/llm",
                [
                    "provider": "p", "model": "m", "mode": "c", "model_type": "x",
                    "prompt_messages": [], "stream": "maybe",
                ],
                [
                    "model_type\n  Input should be 'llm', 'text-embedding', 'rerank', 'speech2text', 'moderation' or 'tts' "
                        + "[type=enum, input_value='x', input_type=str]",
                    "stream\n  Input should be a valid boolean, unable to interpret input [type=bool_parsing, "
                        + "input_value='maybe', input_type=str]",
                ]
            ),
            (
                "invoke/parameter-extractor",
                [
                    "parameters": [["name": "__reason", "type": "object", "description": "", "required": true]],
                    "model": ["provider": "p", "name": "m", "mode": "x"], "instruction": "", "query": "",
                ],
                [
                    "parameters.0.name\n  Value error, Invalid parameter name, __reason and __is_success are reserved "
                        + "[type=value_error, input_value='__reason', input_type=str]",
                    "parameters.0.type\n  Value error, type object is not allowd to use in Parameter Extractor node. "
                        + "[type=value_error, input_value='object', input_type=str]",
                    "model.mode\n  Input should be 'completion' or 'chat' [type=enum, input_value='x', input_type=str]",
                ]
            ),
            (
                "invoke/speech2text", ["provider": "p", "model": "m", "file": "zz"],
                [
                    "file\n  Value error, non-hexadecimal number found in fromhex() arg at position 0 [type=value_error, "
                        + "input_value='zz', input_type=str]"
                ]
            ),
        ] as [(String, JSONObject, [String])])
    func payloads(_ path: String, _ body: JSONObject, _ findings: [String]) async throws {
        try await withDaemon { daemon async throws in
            let answer = try await daemon.post(path, body)
            let message = try #require(try JSONParser.parse(answer.text)["message"]?.string)
            #expect(answer.status == 400)
            let lines = message.components(separatedBy: "\n")
            let count = findings.count == 1 ? "1 validation error" : "\(findings.count) validation errors"
            #expect(lines[0].hasPrefix("invalid payload: \(count) for RequestInvoke"))
            let shown = message.split(separator: "\n    For further information visit ").dropLast()
            for (finding, text) in zip(findings, shown) { #expect(text.hasSuffix(finding)) }
            #expect(shown.count == findings.count)
        }
    }

    @Test(
        "messages that no model gets to see",
        arguments: [("[1]", "'int' object is not subscriptable"), ("[{}]", "'role'")])
    func messages(_ messages: String, _ text: String) async throws {
        try await withDaemon { daemon async throws in
            let answer = try await daemon.model(
                "invoke/llm", "mini", ["mode": "c", "prompt_messages": try JSONParser.parse(messages)])
            #expect(
                answer.text == #"{"code":"invalid_param","message":"invalid payload: \#(text)","status":400}"# + "\n")
        }
    }

    @Test func addressesAndMethods() async throws {
        try await withDaemon { daemon async throws in
            let put = try await daemon.post("invoke/llm", [:], method: "PUT")
            #expect(put.status == 405)
            #expect(
                put.text
                    == #"{"code":"method_not_allowed","message":"The method is not allowed for the requested URL.","#
                    + #""status":405}"# + "\n")
            for path in ["invoke/nothing", "invoke", "storage"] {
                let answer = try await daemon.post(path, [:])
                #expect(answer.status == 404 && answer.text.hasPrefix("<!doctype html>\n"), "\(path)")
            }
            // Neither a workspace's address nor a plugin's leads here: the tenant says where a call belongs.
            let named = daemon.url.appending(path: "w/inner/inner/api/invoke/llm")
            var request = URLRequest(url: named)
            request.httpMethod = "POST"
            #expect(try await HTTPAnswer(request).text.contains("dify-emulator: there is no address"))
        }
    }

    @Test func permissionsAreTheDaemonsBusiness() async throws {
        try await withDaemon { daemon async throws in
            let denied = daemon.platform.answer(
                Invocation(
                    type: .tool, request: ["tool_type": "builtin", "provider": "acme/probe/probe", "tool": "echo"]),
                in: daemon.platform.defaultWorkspace)
            #expect(
                denied.events.immediate?.first
                    == .error("permission denied, you need to enable tool access in plugin manifest"))
            #expect(try await Self.frames(daemon.tool("echo", ["q": "hi"])).count == 1)
        }
    }

    @Test("multimodal calls", arguments: [(Quirk.Treatment.useful, 200), (.dify, 404)])
    func multimodal(_ quirks: Quirk.Treatment, _ status: Int) async throws {
        try await withDaemon(quirks: quirks) { daemon async throws in
            let answer = try await daemon.model(
                "invoke/multimodal-rerank", "both",
                [
                    "query": ["content": "a b", "content_type": "text"],
                    "docs": [["content": "a b", "content_type": "text"]], "score_threshold": 0, "top_n": 0,
                ])
            #expect(answer.status == status)
            if status == 200 {
                #expect(
                    answer.text
                        == #"{"data":{"model":"both","docs":[{"index":0,"text":"a b","score":1.0}]},"error":""}"# + "\n"
                )
            }
        }
    }

    @Test func nodesWithoutParametersOfTheirModel() async throws {
        let body: JSONObject = [
            "model": ["provider": "acme/quokka/quokka", "name": "mini", "mode": "chat", "completion_params": .null],
            "query": "q", "classes": [["id": "1", "name": "n"]], "instruction": "",
        ]
        try await withDaemon { daemon async throws in
            #expect(try await daemon.post("invoke/question-classifier", body).status == 200)
        }
        try await withDaemon(quirks: .dify) { daemon async throws in
            let answer = try await daemon.post("invoke/question-classifier", body)
            #expect(answer.status == 400 && answer.text.contains("model.completion_params"))
        }
    }

    // MARK: - Older releases

    @Test func olderReleases() async throws {
        try await withDaemon(profile: "1.4.1") { daemon async throws in
            let answer = try await daemon.tool("broken")
            #expect(
                answer.text == #"{"data":{"type":"text","message":{"text":"first"},"meta":null},"error":""}"# + "\n\n"
                    + #"{"data":null,"error":"it/broke é"}"# + "\n\n")
            #expect(answer.header("Content-Type") == "text/event-stream; charset=utf-8")
            let refused = try await daemon.tool("refused")
            #expect(refused.text == #"{"code": "invalid_param", "message": "no/way", "status": 400}"# + "\n")
            #expect(try await daemon.post("invoke/llm/structured-output", [:]).text.hasPrefix("<!doctype html>"))
        }
    }
}
