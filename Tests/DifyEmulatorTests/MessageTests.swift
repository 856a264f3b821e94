import DifyEmulator
import DifyProtocol
import Testing

/// What each kind of reply item becomes on the wire.
struct MessageTests {
    @Test(
        "message kinds",
        arguments: [
            ("{text: a}", #"{"type":"text","message":{"text":"a"},"meta":null}"#),
            ("{link: u}", #"{"type":"link","message":{"text":"u"},"meta":null}"#),
            ("{image_link: u}", #"{"type":"image_link","message":{"text":"u"},"meta":{}}"#),
            ("{binary_link: u}", #"{"type":"link","message":{"text":"u"},"meta":{}}"#),
            ("{image: u, meta: {a: 1}}", #"{"type":"image","message":{"text":"u"},"meta":{"a":1}}"#),
            (
                "{json: {z: 1.0, a: [1e5]}}",
                #"{"type":"json","message":{"json_object":{"z":1.0,"a":[1e5]},"suppress_output":false},"meta":null}"#
            ),
            (
                "{variable: {name: v, value: [1], stream: false}}",
                #"{"type":"variable","message":{"variable_name":"v","variable_value":[1],"stream":false},"meta":null}"#
            ),
            (
                "{log: {id: i, label: l, status: start, data: {a: 1}}}",
                #"{"type":"log","message":{"id":"i","label":"l","parent_id":null,"error":null,"status":"start","#
                    + #""data":{"a":1},"metadata":{}},"meta":null}"#
            ),
            ("{file: {url: u}}", #"{"type":"file","message":null,"meta":{"file":{"url":"u"}}}"#),
            (
                "{retriever_resources: {resources: [{content: c, score: 1}], context: x}}",
                #"{"type":"retriever_resources","message":{"retriever_resources":[{"position":null,"dataset_id":null,"#
                    + #""dataset_name":null,"document_id":null,"document_name":null,"data_source_type":null,"#
                    + #""segment_id":null,"retriever_from":null,"score":1.0,"hit_count":null,"word_count":null,"#
                    + #""segment_position":null,"index_node_hash":null,"content":"c","page":null,"#
                    + #""doc_metadata":null,"title":null,"files":null,"summary":null}],"context":"x"},"meta":null}"#
            ),
            (
                "{image_link: /files/tools/7.png, meta: {a: 1}}",
                #"{"type":"image_link","message":{"text":"/files/tools/7.png"},"meta":{"a":1,"tool_file_id":"7"}}"#
            ),
            (
                "{file: {dify_model_identity: __dify__file__, type: image, transfer_method: tool_file, "
                    + "reference: dify-file-ref:eyJyZWNvcmRfaWQiOiI3In0=, extension: .png}}",
                #"{"type":"image_link","message":{"text":"/files/tools/7.png"},"meta":{"file":{"#
                    + #""dify_model_identity":"__dify__file__","type":"image","transfer_method":"tool_file","#
                    + #""reference":"dify-file-ref:eyJyZWNvcmRfaWQiOiI3In0=","extension":".png"},"tool_file_id":"7"}}"#
            ),
        ])
    func kinds(_ item: String, _ wire: String) async throws {
        let outcome = try await Platform.probe("reply: [\(item)]").echo()
        #expect(outcome.messages.map(\.wire.description) == [wire])
    }

    @Test(
        "a blob becomes a file of the workspace, and its address the message",
        arguments: [
            ("{blob: {text: hi, mime_type: text/plain, filename: a.txt}}", "link", ".txt"),
            ("{blob: {text: hi}}", "link", ".bin"), ("{blob: {text: hi, mime_type: image/png}}", "image_link", ".png"),
            ("{blob_chunk: {id: c, sequence: 0, total_length: 2, text: hi, end: true}}", "link", ".bin"),
        ])
    func blobs(_ item: String, _ type: String, _ fileExtension: String) async throws {
        let outcome = try await Platform.probe("reply: [\(item)]").echo()
        let message = try #require(outcome.messages.first)
        #expect(outcome.types == [type])
        let id = try #require(message.meta?["tool_file_id"]?.string)
        #expect(message.text == "/files/tools/\(id)\(fileExtension)")
    }

    @Test func chunksOfABlobAreOneMessage() async throws {
        let platform = try Platform.probe(
            """
            reply:
              - blob_chunk: {id: c, sequence: 0, total_length: 4, text: he, end: false}
              - text: between
              - blob_chunk: {id: never ends, sequence: 0, total_length: 4, text: xx, end: false}
              - blob_chunk: {id: c, sequence: 1, total_length: 4, text: re, end: true}
            """)
        let outcome = await platform.echo()
        #expect(outcome.types == ["text", "link"])
        let whole = try await Platform.probe("reply: [{blob: {text: here}}]").echo()
        #expect(outcome.messages[1].text == whole.messages[0].text)
    }

    @Test func chunkThatIsTooLargeEndsTheAnswer() async throws {
        let text = String(repeating: "x", count: 8193)
        let item = "{blob_chunk: {id: c, sequence: 0, total_length: 8193, text: \(text), end: true}}"
        let outcome = try await Platform.probe("reply: [\(item), {text: more}]").echo()
        #expect(outcome.messages.isEmpty)
        #expect(
            outcome.error == "read tool response failed: request failed: "
                + "File chunk is too large which reached the limit of 8.0KB")
    }

    @Test(
        "with the quirks of Dify the SDK gets what it cannot read",
        arguments: [("{binary_link: u}", "binary_link"), ("{blob: {text: hi}}", "binary_link"), ("{file: {}}", "file")])
    func quirks(_ item: String, _ type: String) async throws {
        var options = Platform.Options()
        options.quirks = .dify
        let outcome = try await Platform.probe("reply: [\(item)]", options: options).echo()
        #expect(outcome.types == [type])
        if type == "file" { #expect(outcome.messages.first?.body == ["file_marker": "file_marker"]) }
    }

    @Test(
        "what is not as in Dify is told",
        arguments: [
            ("{image: u}", "an image passes through"), ("{binary_link: u}", "goes out as link"),
        ])
    func remarks(_ item: String, _ remark: String) async throws {
        let outcome = try await Platform.probe("reply: [\(item)]").echo()
        #expect(outcome.notes.first?.contains(remark) == true)
    }

    @Test(
        "responses of an API",
        arguments: [
            ("{status: 200, body: {a: é}}", ["json", "text"], #"{"a":"é"}"#, nil),
            ("{status: 200, body: [1]}", ["text"], "[1]", nil), ("{body: plain}", ["text"], "plain", nil),
            ("{body: '{\"a\": 1}', headers: {content-type: Application/JSON}}", ["json", "text"], #"{"a": 1}"#, nil),
            ("{text: '{\"a\": 1}'}", ["text"], #"{"a": 1}"#, nil),
            (
                "{status: 204}", ["text"], "Empty response from the tool, please check your parameters and try again.",
                nil
            ),
            ("{status: 404, body: nope}", [], "", "Request failed with status code 404 and nope"),
            ("{status: 429, body: nope}", [], "", "Reached maximum retries (0) for URL https://h.example/v1/pets/7"),
            (
                "{status: 403, headers: {Server: squid/6}}", [], "",
                "Access to 'https://h.example/v1/pets/7' was blocked by SSRF protection. "
                    + "The URL may point to a private or local network address. "
            ),
        ] as [(String, [String], String, String?)])
    func responses(_ response: String, _ types: [String], _ text: String, _ error: String?) async throws {
        let seed = """
            apis:
              - name: pets
                schema:
                  openapi: 3.0.0
                  info: {title: t, version: '1'}
                  servers: [{url: 'https://h.example/v1'}]
                  paths:
                    /pets/{id}:
                      get:
                        parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
                replies:
                  petsid_get: [{response: \(response)}]
            """
        let platform = try Platform(seeds: [.text(seed, name: "s")])
        let provider = try #require(platform.defaultWorkspace.tools.last?.identity.provider)
        let outcome = await platform.outcome(.api, provider, "petsid_get", ["id": "7"])
        #expect(outcome.types == types)
        #expect(outcome.texts.last.flatMap(\.self) ?? "" == text)
        #expect(outcome.error == error.map { "read tool response failed: request failed: \($0)" })
        let missing = await platform.outcome(.api, provider, "petsid_get")
        #expect(missing.error == "read tool response failed: request failed: Missing required parameter id")
    }

    @Test(
        "inputs of a workflow",
        arguments: [
            (["size": "l"], "l", nil), ([:], "m", nil), (["size": nil], "", nil),
            (["size": "x"], "", "size in input form must be one of the following: ['m', 'l']"),
        ] as [(JSONObject, String, String?)])
    func inputsOfAWorkflow(_ inputs: JSONObject, _ text: String, _ error: String?) async throws {
        let seed = """
            workflows:
              - name: flow
                id: 7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10
                parameters: [{name: size, type: select, options: [m, l], default: m}]
                reply: [{text: '{{size}}'}]
            """
        let platform = try Platform(seeds: [.text(seed, name: "s")])
        let outcome = await platform.outcome(.workflow, "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10", "flow", inputs)
        // An explicit null is cast to an empty text first, which is no choice either.
        let refused = inputs["size"] == .null ? "size in input form must be one of the following: ['m', 'l']" : error
        #expect(outcome.error == refused.map { "read tool response failed: request failed: \($0)" })
        if refused == nil { #expect(outcome.texts == [text]) }
    }

    @Test(
        "what the SDK cannot parse is told",
        arguments: [
            ("{json: '{{q}}'}", "neither an object nor a list"),
            ("{variable: {name: v, value: '{{q}}', stream: true}}", "holds no text here"),
        ])
    func unparsable(_ item: String, _ remark: String) async throws {
        let outcome = try await Platform.probe("reply: [\(item)]").echo(["q": 5])
        #expect(outcome.notes.first?.contains(remark) == true)
    }

    @Test func outputsOfAWorkflow() async throws {
        let seed = """
            workflows:
              - name: flow
                id: 7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10
                parameters: [{name: topic, type: paragraph, required: true}]
                reply: [{outputs: {text: ü, answer: '{{topic}}', json: 1, n: 1.0}}]
            """
        let platform = try Platform(seeds: [.text(seed, name: "s")])
        let id = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10"
        let outcome = await platform.outcome(.workflow, id, "flow", ["topic": "t"])
        #expect(outcome.types == ["variable", "variable", "text", "json"])
        #expect(outcome.messages.compactMap { $0.variable?.name } == ["answer", "n"])
        #expect(outcome.messages[2].text == #"{"text": "ü", "answer": "t", "json": 1, "n": 1.0}"#)
        #expect(outcome.messages[3].body["suppress_output"] == true)
        let missing = await platform.outcome(.workflow, id, "flow")
        #expect(missing.messages.isEmpty)
        #expect(missing.error == "read tool response failed: request failed: topic is required in input form")
    }
}
