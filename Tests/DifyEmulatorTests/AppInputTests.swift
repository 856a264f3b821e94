import DifyProtocol
import Testing

@testable import DifyEmulator

struct AppInputTests {
    private static func input(
        _ type: AppInput.InputType, required: Bool = false, maxLength: Int? = nil, options: [String] = [],
        defaultValue: JSONValue = .null
    ) -> AppInput {
        AppInput(
            name: "v", type: type, label: "V", required: required, maxLength: maxLength, options: options,
            defaultValue: defaultValue)
    }

    private func prepare(_ input: AppInput, _ inputs: JSONObject) throws -> JSONObject {
        let bodies: [String: JSONObject] = [
            "f": ["name": "a.png", "mime_type": "image/png", "size": 4, "preview_url": "http://h/p"],
            "0a7e2c11-1111-4111-8111-000000000001": ["name": "b.pdf", "mime_type": "application/pdf", "size": 5],
        ]
        return try AppInputs.prepare(inputs, for: RecordedApps.app(.workflow, inputs: [input])) { bodies[$0] }
    }

    @Test(
        "values as the app gets them",
        arguments: [
            (input(.textInput), "a\u{0}b", "ab"), (input(.textInput), nil, nil),
            (input(.textInput, defaultValue: "d"), nil, "d"), (input(.textInput, required: true), "", ""),
            (input(.paragraph, maxLength: 2), "日本", "日本"), (input(.paragraph, maxLength: 0), "long", "long"),
            (input(.select, options: ["a"]), "a", "a"),
            (input(.number), 3, 3), (input(.number), true, true), (input(.number), " 42 ", 42),
            (input(.number), "3.50", 3.5), (input(.number), "  ", nil), (input(.number, defaultValue: "7"), nil, 7),
            (input(.checkbox), " YES ", true), (input(.checkbox), "off", false), (input(.checkbox), 1.0, true),
            (input(.checkbox), 0, false), (input(.checkbox), 2, 2), (input(.checkbox), "maybe", "maybe"),
            (input(.checkbox), true, true), (input(.jsonObject), ["k": [1]], ["k": [1]]), (input(.jsonObject), "", ""),
            (input(.file), "", nil), (input(.fileList), "", nil), (input(.fileList), [], []),
        ] as [(AppInput, JSONValue, JSONValue)])
    func values(_ input: AppInput, _ given: JSONValue, _ expected: JSONValue) throws {
        #expect(try prepare(input, ["v": given, "unknown": 1]) == ["v": expected])
    }

    @Test func aMissingValueIsNull() throws {
        #expect(try prepare(Self.input(.textInput), [:]) == ["v": nil])
    }

    @Test(
        "what Dify refuses, and its words",
        arguments: [
            (input(.textInput, required: true), nil, "v is required in input form"),
            (input(.textInput, required: true, defaultValue: "d"), nil, "v is required in input form"),
            (input(.textInput), 5, "(type 'text-input') v in input form must be a string"),
            (input(.select), 5, "(type 'select') v in input form must be a string"),
            (input(.paragraph, maxLength: 2), "e\u{301}x", "v in input form must be less than 2 characters"),
            (
                input(.select, options: ["a", "b"]), "c",
                "v in input form must be one of the following: ['a', 'b']"
            ),
            (input(.number), "1e5", "v in input form must be a valid number"),
            (input(.number), "1.2.3", "v in input form must be a valid number"),
            (input(.jsonObject), [["a": 1]], "v in input form must be a dict"),
            (input(.checkbox), ["a": 1], "Invalid input type for ['v']"),
            (input(.checkbox), [["a": 1]], "Invalid input type for ['v']"),
            (input(.file), "x", "v in input form must be a file"),
            (input(.file, required: true), "", "v in input form must be a file"),
            (input(.file), [], "v in input form must be a file"),
            (input(.fileList), ["a": 1], "v in input form must be a list of files"),
            (input(.fileList), [["a": 1], "b"], "v in input form must be a list of files"),
            (input(.fileList, maxLength: 1), [["a": 1], [:]], "v in input form must be less than 1 files"),
            (input(.file), [:], "transfer_method is required in file mapping"),
            (input(.file), ["transfer_method": "post"], "'post' is not a valid FileTransferMethod"),
            (input(.file), ["transfer_method": "local_file"], "Invalid upload file id"),
            (input(.file), ["transfer_method": "local_file", "upload_file_id": "x"], "Invalid upload file id format"),
            (
                input(.file),
                ["transfer_method": "local_file", "upload_file_id": "0a7e2c11-1111-4111-8111-000000000002"],
                "Invalid upload file"
            ),
            (input(.file), ["transfer_method": "tool_file"], "ToolFile None not found"),
            (input(.file), ["transfer_method": "tool_file", "tool_file_id": "x"], "ToolFile x not found"),
            (input(.file), ["transfer_method": "remote_url"], "Invalid file url"),
            (
                input(.file), ["transfer_method": "tool_file", "tool_file_id": "f", "type": "film"],
                "'film' is not a valid FileType"
            ),
        ] as [(AppInput, JSONValue, String)])
    func refusals(_ input: AppInput, _ given: JSONValue, _ text: String) {
        #expect(throws: Refusal.invalidParameter(text)) { try prepare(input, ["v": given]) }
    }

    @Test func anObjectIsNoNumber() {
        #expect(throws: Refusal.internalServerError) { try prepare(Self.input(.number), ["v": [:]]) }
    }

    @Test func files() throws {
        let uploaded: JSONValue = ["transfer_method": "tool_file", "tool_file_id": "f", "type": "image"]
        let file = try #require(try prepare(Self.input(.file), ["v": uploaded])["v"]?.object)
        #expect(
            file == [
                "dify_model_identity": "__dify__file__", "id": nil, "type": "image", "transfer_method": "tool_file",
                "remote_url": nil, "reference": "dify-file-ref:eyJyZWNvcmRfaWQiOiJmIn0=", "filename": "a.png",
                "extension": ".png", "mime_type": "image/png", "size": 4, "related_id": "f", "url": "http://h/p",
            ])
        let mappings: JSONValue = [
            ["transfer_method": "local_file", "upload_file_id": "0A7E2C11-1111-4111-8111-000000000001"],
            ["transfer_method": "remote_url", "url": "http://h/x/song.mp3?a=1"], ["transfer_method": "remote_url"], [:],
        ]
        let list = try #require(try prepare(Self.input(.fileList), ["v": mappings])["v"]?.array)
        #expect(list.map { $0["type"] } == ["document", "audio"])
        #expect(list.map { $0["filename"] } == ["b.pdf", "song.mp3"])
        #expect(list.last?["remote_url"] == "http://h/x/song.mp3?a=1")
    }
}
