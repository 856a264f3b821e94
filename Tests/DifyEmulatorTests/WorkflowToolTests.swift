import DifyProtocol
import Foundation
import Testing

@testable import DifyEmulator

/// Workflow tools as seeds write them, and what becomes of calls.
struct WorkflowToolTests {
    private static let id = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10"

    private static func platform(_ lines: String, options: Platform.Options = .init()) throws -> Platform {
        let indented = lines.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        let seed = "seed: 7\nworkflows:\n  - name: flow\n    id: \(id)\n" + indented.joined(separator: "\n")
        return try Platform(seeds: [.text(seed, name: "s.yaml")], options: options)
    }

    private static func call(_ lines: String, _ arguments: JSONObject = [:]) async throws -> Outcome {
        try await platform(lines).outcome(.workflow, id, "flow", arguments)
    }

    private static func failure(_ text: String) -> String { "read tool response failed: request failed: \(text)" }

    // MARK: - Entries

    @Test func entryInFull() throws {
        let platform = try Self.platform(
            """
            label: The flow
            description: Flows
            icon: {background: "#FFFFFF", content: F}
            app: 7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b99
            version: "2026-01-02 03:04:05"
            file_upload: {enabled: true, allowed_file_types: [image], number_limits: 2}
            variables:
              - {variable: topic, label: Topic, type: text-input, required: true, max_length: 8}
              - {variable: hidden, label: Hidden, type: number, default: 3}
            parameters:
              - {name: topic, description: What about, form: form}
              - {name: pictures, description: Pictures}
            outputs: {summary: string, pages: "Array[Number]"}
            privacy_policy: https://example.com/privacy
            labels: [search]
            calls: [flow]
            """)
        let workflow = try #require(platform.defaultWorkspace.tools.last?.workflow)
        #expect(workflow.id.description == Self.id)
        #expect(workflow.appID.description == "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b99")
        #expect([workflow.name, workflow.label, workflow.description] == ["flow", "The flow", "Flows"])
        #expect(workflow.version == "2026-01-02 03:04:05")
        #expect(workflow.privacyPolicy == "https://example.com/privacy")
        #expect(workflow.labels == ["search"])
        #expect(workflow.calls == [NestedWorkflow(provider: "flow")])
        #expect(workflow.variables.map(\.name) == ["topic", "hidden"])
        #expect(workflow.parameters.map(\.name) == ["topic", "pictures"])
        #expect(workflow.parameters.map(\.type) == [.string, .systemFiles])
        #expect(workflow.parameters.map(\.form) == [.form, .llm])
        #expect(workflow.outputSchema["properties"]?["pages"]?["type"] == "array[number]")
        #expect(workflow.definition.fileUpload?.limit == 2)
    }

    @Test func parameterAloneIsItsOwnVariable() throws {
        let platform = try Self.platform(
            """
            parameters:
              - {name: a, type: string, label: A, required: true, max_length: 3}
              - {name: b, type: boolean, default: true}
              - {name: c, type: files}
              - {name: d, type: object}
              - {name: e, type: system-files}
            """)
        let workflow = try #require(platform.defaultWorkspace.tools.last?.workflow)
        #expect(workflow.variables.map(\.type) == [.paragraph, .checkbox, .fileList, .jsonObject])
        #expect(workflow.parameters.map(\.type) == [.string, .boolean, .files, .object, .systemFiles])
        #expect(workflow.parameters[0].label == "A")
        #expect(workflow.parameters[1].defaultValue == true)
    }

    @Test(
        "mistakes in entries",
        arguments: [
            ("parameters: [{name: a, type: any}]", "a workflow's parameter cannot be \"any\"; known are text-input"),
            ("parameters: [{name: a, type: external_data_tool}]", "unsupported variable type external_data_tool"),
            ("parameters: [{name: a}, {name: a}]", "the parameter \"a\" stands here twice"),
            (
                "parameters: [{name: a, description: x, llm_description: y}]",
                "a workflow's parameter has one description"
            ),
            ("variables: [{variable: a, type: text-input}]", "1 validation error for VariableEntity\nlabel"),
            (
                "variables: [{variable: a, label: A, typ: text-input}]",
                "a variable has no \"typ\"; did you mean \"type\"?"
            ),
            (
                "variables: [{variable: a, label: A, type: number}]\nparameters: [{name: b}]",
                "the start node has no variable \"b\""
            ),
            ("outputs: {a: film}", "there is no type of outputs \"film\"; known are string, number"),
            ("outputs: [a]", "\"outputs\" is a list; it must be a mapping of names to types"),
            ("file_upload: 5", "\"file_upload\" is a number; it must be a mapping"),
            ("file_upload: {enabled: true, allowed_file_types: [film]}", "1 validation error for FileUploadConfig"),
            ("calls: [nobody]", "flow calls the workflow \"nobody\", which the workspace lacks"),
            ("app: mine", "\"app\" is the id of the workflow's app, a UUID; not \"mine\""),
        ])
    func mistakes(_ lines: String, _ message: String) throws {
        let error = try #require(throws: SeedError.self) { try Self.platform(lines) }
        #expect(error.description.contains(message))
    }

    @Test(
        arguments: [
            ("good_1", true), ("A", true), ("tool\\n", true), ("a b", false), ("ä", false), ("\\ntool", false),
            ("a-b", false),
        ])
    func names(_ name: String, _ isGood: Bool) {
        let seed = SeedSource.text("workflows: [{name: \"\(name)\"}]", name: "s.yaml")
        #expect(((try? Platform(seeds: [seed])) != nil) == isGood)
    }

    @Test func anAppHasOneTool() throws {
        let app = "app: 7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b99"
        let seed = SeedSource.text("workflows: [{name: a, \(app)}, {name: b, \(app)}]", name: "s.yaml")
        let error = try #require(throws: SeedError.self) { try Platform(seeds: [seed]) }
        #expect(
            error.description.contains(
                "Tool with name b or app_id 7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b99 already exists"))
    }

    // MARK: - Inputs

    @Test(
        "values that the start node's form refuses arrive in the stream",
        arguments: [
            ("{name: v, type: text-input, required: true}", [:], "v is required in input form"),
            (
                "{name: v, type: text-input, max_length: 2}", ["v": "abc"],
                "v in input form must be less than 2 characters"
            ),
            ("{name: v, type: file}", ["v": "x"], "v in input form must be a file"),
            ("{name: v, type: file-list}", ["v": "x"], "v in input form must be a list of files"),
            ("{name: v, type: file-list, required: true}", ["v": nil], "v in input form must be a list of files"),
            ("{name: v, type: file}", ["v": ["transfer_method": "tool_file"]], "ToolFile None not found"),
            (
                "{name: v, type: file}",
                ["v": ["transfer_method": "remote_url", "url": "http://h/a.pdf", "type": "image"]],
                "Detected file type does not match the specified type. Please verify the file."
            ),
            (
                "{name: v, type: file, allowed_file_types: [image]}",
                ["v": ["transfer_method": "remote_url", "url": "http://h/a.pdf", "type": "document"]],
                "File validation failed for file: a.pdf"
            ),
            // An optional select of a form that was left empty comes as an empty text, which is no choice.
            (
                "{name: v, type: select, options: [x], form: form}", [:],
                "v in input form must be one of the following: ['x']"
            ),
        ] as [(String, JSONObject, String)])
    func refusedInputs(_ parameter: String, _ arguments: JSONObject, _ text: String) async throws {
        let outcome = try await Self.call("parameters: [\(parameter)]\nreply: [{outputs: {}}]", arguments)
        #expect(outcome.error == Self.failure(text))
        #expect(outcome.messages.isEmpty)
    }

    @Test func aVariableThatIsNoParameterGetsNoValue() async throws {
        let lines = """
            variables: [{variable: v, label: V, type: text-input, required: true}]
            parameters: []
            reply: [{outputs: {}}]
            """
        #expect(try await Self.call(lines, ["v": "x"]).error == Self.failure("v is required in input form"))
    }

    @Test func templatesSeeWhatTheRunGets() async throws {
        let lines = """
            parameters:
              - {name: n, type: number, default: "7"}
              - {name: b, type: checkbox}
              - {name: f, type: file}
            reply: [{json: {n: "{{n}}", b: "{{b}}", url: "{{f.url}}", other: "{{other}}"}}]
            """
        let file: JSONValue = ["transfer_method": "remote_url", "type": "document", "url": "http://h/a.pdf"]
        let outcome = try await Self.call(lines, ["b": "off", "f": file, "other": 1])
        // The cast takes "off" for true, before the form sees it.
        #expect(
            outcome.messages.first?.jsonObject == ["n": 7, "b": true, "url": "http://h/a.pdf", "other": ""])
        #expect(outcome.notes.contains("the workflow has no parameter other: Dify drops the argument"))
    }

    @Test func filesThatBelongToNoVariable() async throws {
        let lines = """
            file_upload: {enabled: true, allowed_file_types: [image], number_limits: 1}
            parameters: [{name: files, type: system-files}]
            reply: [{text: done}]
            """
        func file(_ name: String, _ type: String) -> JSONValue {
            ["transfer_method": "remote_url", "type": .string(type), "url": .string("http://h/\(name)")]
        }
        let files: (JSONValue...) -> JSONObject = { ["files": .array($0)] }
        #expect(try await Self.call(lines, files(file("a.png", "image"))).texts == ["done"])
        #expect(
            try await Self.call(lines, files(file("a.png", "image"), file("b.png", "image"))).error
                == Self.failure("Number of image files exceeds the maximum limit 1"))
        #expect(
            try await Self.call(lines, files(file("a.pdf", "document"))).error
                == Self.failure("File validation failed for file: a.pdf"))
        #expect(
            try await Self.call(lines, files(file("a.pdf", "image"))).error
                == Self.failure("Detected file type does not match the specified type. Please verify the file."))
        // One file that cannot be read takes the others along, and Dify says so to nobody.
        let dropped = try await Self.call(lines, files(file("a.png", "image"), ["transfer_method": "nope"]))
        #expect(dropped.texts == ["done"])
        #expect(dropped.notes.contains { $0.contains("'nope' is not a valid FileTransferMethod") })
    }

    // MARK: - Outputs

    @Test func storedFilesBecomeLinks() async throws {
        let seed = """
            seed: 7
            files:
              - {id: 0a7e2c11-1111-4111-8111-000000000001, name: a.png, mime_type: image/png, base64: aGk=}
              - {id: 0a7e2c11-1111-4111-8111-000000000002, name: b.pdf, mime_type: application/pdf, base64: aGk=}
            workflows:
              - name: flow
                id: \(Self.id)
                parameters: [{name: file}]
                reply:
                  - outputs:
                      doc: {dify_model_identity: __dify__file__, transfer_method: tool_file, type: "{{type}}",
                            related_id: "{{file}}"}
            """
        let platform = try Platform(seeds: [.text(seed, name: "s.yaml")])
        func outcome(_ file: String) async -> Outcome {
            await platform.outcome(.workflow, Self.id, "flow", ["file": .string(file)])
        }
        let image = await outcome("0a7e2c11-1111-4111-8111-000000000001")
        #expect(image.types == ["image_link", "variable", "text", "json"])
        #expect(image.messages[0].text == "/files/tools/0a7e2c11-1111-4111-8111-000000000001.png")
        let file = try #require(image.messages[0].meta?["file"]?.object)
        #expect(
            file.keys == [
                "dify_model_identity", "id", "type", "transfer_method", "remote_url", "reference", "filename",
                "extension", "mime_type", "size",
            ])
        #expect(image.messages[0].meta?["tool_file_id"] == "0a7e2c11-1111-4111-8111-000000000001")
        #expect(
            image.messages[1].variable?.value["tool_file_id"] == "0a7e2c11-1111-4111-8111-000000000001")
        #expect(await outcome("0a7e2c11-1111-4111-8111-000000000002").types.first == "link")
        #expect(
            await outcome("0a7e2c11-1111-4111-8111-000000000009").error
                == Self.failure("ToolFile 0a7e2c11-1111-4111-8111-000000000009 not found"))
    }

    @Test func filesElsewhereAreWhatTheSeedSays() throws {
        let outputs = WorkflowOutputs(
            files: InputFiles(stored: { _ in nil }, findsLocalFiles: true), profile: .current)
        let mapping: JSONObject = [
            "dify_model_identity": "__dify__file__", "transfer_method": "remote_url", "url": "https://h/x/report",
        ]
        let plain = try outputs.messages(["r": .object(mapping)])
        #expect(plain[0].type == .file)
        #expect(plain[0].meta?["file"]?["filename"] == "report")
        #expect(plain[0].meta?["file"]?["size"] == -1)
        #expect(WorkflowOutputs.notes(on: ["r": [.object(mapping)]]).count == 1)
        #expect(WorkflowOutputs.notes(on: ["r": "x"]).isEmpty)
    }

    @Test(
        arguments: [
            ("https://h/a%20b.txt?x=1#y", "a b.txt"), ("https://h/x/a%2Fb.pdf", "b.pdf"), ("https://h/", "file.bin"),
            ("https://h", "file.bin"), ("https://h/a%zz", "a%zz"),
        ])
    func namesOfFilesElsewhere(_ url: String, _ name: String) {
        #expect(RemoteFile(guessedFrom: url).name == name)
    }

    @Test func idsOfMessageFilesAreText() {
        let files = InputFiles(stored: { _ in nil }, findsLocalFiles: true)
        let mapping: JSONObject = ["transfer_method": "remote_url", "url": "https://h/a.png", "id": 5]
        let error = #expect(throws: InputFailure.self) { try files.build(mapping) }
        #expect(error?.text.hasPrefix("1 validation error for File\nid\n  Input should be a valid string") == true)
    }

    @Test func describedFileElsewhere() async throws {
        let lines = """
            reply:
              - outputs:
                  r: {dify_model_identity: __dify__file__, transfer_method: remote_url, type: document,
                      url: "https://h/x/1", filename: r.pdf, size: 12}
            """
        let outcome = try await Self.call(lines)
        let file = try #require(outcome.messages.first?.meta?["file"])
        #expect(file["filename"] == "r.pdf")
        #expect(file["mime_type"] == "application/pdf")
        #expect(file["extension"] == ".pdf")
        #expect(file["size"] == 12)
        #expect(outcome.notes.contains { $0.contains("files elsewhere are not asked for") })
    }

    @Test(
        "outputs in releases that differ",
        arguments: [
            ("1.9.2", ["text", "json"], false), ("1.10.1", ["text", "json"], true),
            ("1.11.0", ["variable", "text", "json"], true),
        ] as [(String, [String], Bool)])
    func outputs(in profile: String, _ types: [String], _ isQuiet: Bool) throws {
        let outputs = WorkflowOutputs(
            files: InputFiles(stored: { _ in nil }, findsLocalFiles: true), profile: try Profile(profile))
        let messages = try outputs.messages(["a": 1])
        #expect(messages.map(\.type.rawValue) == types)
        #expect(messages.last?.body["suppress_output"]?.bool == isQuiet)
    }

    @Test func release1_12LosesFiles() throws {
        let outputs = WorkflowOutputs(
            files: InputFiles(stored: { _ in nil }, findsLocalFiles: true), profile: try Profile("1.12.1"))
        let file: JSONObject = [
            "dify_model_identity": "__dify__file__", "transfer_method": "remote_url", "url": "https://h/a.png",
        ]
        let error = #expect(throws: StreamError.self) { try outputs.messages(["a": .object(file)]) }
        #expect(error?.message.contains("Invalid FileMessage: missing file_marker") == true)
        #expect(throws: Never.self) { try outputs.messages(["a": 1]) }
    }

    @Test func failingRunGivesItsTextAlone() async throws {
        let outcome = try await Self.call("reply: [{failed: Run failed}]")
        #expect(outcome.error == Self.failure("Run failed"))
        #expect(outcome.messages.isEmpty)
    }

    // MARK: - Depth

    private static func chain(_ calls: [String: String]) throws -> Platform {
        let names = ["a", "b", "c", "d"]
        let entries = names.enumerated().map { index, name in
            let called = calls[name].map { "calls: \($0)," } ?? ""
            let id = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b1\(index)"
            return "{name: \(name), label: Flow \(name), id: \(id), \(called) reply: [{text: \(name)}]}"
        }
        let seed = "seed: 7\nworkflows: [\(entries.joined(separator: ", "))]"
        return try Platform(seeds: [.text(seed, name: "s.yaml")])
    }

    @Test(
        "a run at depth 3 calls one at depth 5; the next one would be too deep",
        arguments: [
            (["a": "[b]"], nil),
            (["a": "[b, c, d]"], nil),
            (["a": "[b]", "b": "[c]"], "Failed to invoke tool Flow b: Max workflow call depth 5 reached."),
            (["a": "[c, b]", "b": "[c]"], "Failed to invoke tool Flow b: Max workflow call depth 5 reached."),
            (
                ["a": "[{provider: b, label: The second}]", "b": "[c]"],
                "Failed to invoke tool The second: Max workflow call depth 5 reached."
            ),
            (["a": "[a]"], "Failed to invoke tool Flow a: Max workflow call depth 5 reached."),
            (
                ["a": "[b]", "b": "[a]"], "Failed to invoke tool Flow b: Max workflow call depth 5 reached."
            ),
            (
                ["a": "[7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b11]", "b": "[c]"],
                "Failed to invoke tool Flow b: Max workflow call depth 5 reached."
            ),
        ] as [([String: String], String?)])
    func depth(_ calls: [String: String], _ text: String?) async throws {
        let platform = try Self.chain(calls)
        let outcome = await platform.outcome(.workflow, Self.id, "a")
        #expect(outcome.error == text.map(Self.failure))
        #expect(outcome.texts == (text == nil ? ["a"] : []))
    }

    @Test func aCalledToolThatIsNotThereIsTold() async throws {
        let gone = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b77"
        let outcome = try await Self.call("calls: [\(gone)]\nreply: [{text: done}]")
        #expect(outcome.texts == ["done"])
        #expect(outcome.notes.contains { $0.contains("workflow provider \(gone) not found") })
    }
}
