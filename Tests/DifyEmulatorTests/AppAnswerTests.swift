import DifyProtocol
import Testing

@testable import DifyEmulator

struct AppAnswerTests {
    private func answer(_ run: AppRun, _ parts: [AppPart]) -> Result<JSONObject, Refusal> {
        AppBlockingAnswer(of: run, parts: parts.map { TimedPart(delay: .zero, part: $0) }).result
    }

    @Test(
        "one object, as recorded",
        arguments: [
            ("app_chat", .chat, ["The desk ", "opens at nine."]),
            ("app_completion", .completion, ["Dear team, thanks."]),
            ("app_chatflow", .advancedChat, ["Red, then blue.", " Anything else?"]),
        ] as [(String, CatalogApp.Mode, [String])])
    func messages(_ file: String, _ mode: CatalogApp.Mode, _ texts: [String]) throws {
        let recorded = try #require(RecordedApps.responses(file, "blocking").first)
        let given = try answer(RecordedApps.run(mode), texts.map(AppPart.text)).get()
        let resources = recorded["metadata"]?["retriever_resources"]?.array ?? []
        let whole = try answer(RecordedApps.run(mode), texts.map(AppPart.text) + [.retrieverResources(resources)]).get()
        #expect(given["answer"] == recorded["answer"])
        #expect(RecordedApps.passedOn(whole) == recorded)
    }

    @Test(
        "a workflow's answer is that of its end, whatever that was",
        arguments: [
            ("blocking", AppPart.outputs(["list": ["RED", "BLUE"], "text": "Red, then blue."])),
            ("blocking, failed run is not an error", .failed("Server returned 502")),
        ])
    func workflows(_ name: String, _ part: AppPart) throws {
        let recorded = try #require(RecordedApps.responses("app_workflow", name).first)
        let given = try answer(RecordedApps.run(.workflow), [part]).get()
        #expect(EventShape(given) == EventShape(recorded))
        for key in ["status", "outputs", "error", "created_at"] {
            #expect(given["data"]?[key] == recorded["data"]?[key], "\(key)")
        }
    }

    @Test func whatMakesABlockingCallFail() throws {
        let chatflow = try RecordedApps.run(.advancedChat)
        #expect(
            answer(chatflow, [.failed("[quokka] Rate limit")])
                == .failure(.invalidParameter("Run failed: [quokka] Rate limit")))
        let internalError = AppPart.error(AppError(["code": "internal_server_error"]))
        #expect(answer(chatflow, [.text("a"), internalError]) == .failure(.internalServerError))
        #expect(
            answer(chatflow, [.events([["event": "message", "answer": "a"]])])
                == .failure(.invalidParameter("queue listening stopped unexpectedly.")))
        let chat = try RecordedApps.run(.chat)
        #expect(answer(chat, [.failed("no")]) == .failure(.invalidParameter("no")))
        #expect(answer(chat, [.events([])]) == .failure(.internalServerError))
    }

    @Test func aReplacedAnswerAndRawObjects() throws {
        let chatflow = try RecordedApps.run(.advancedChat)
        #expect(try answer(chatflow, [.text("draft"), .replace("withheld")]).get()["answer"] == "withheld")
        let raw = AppPart.raw(["b": 1.0, "a": ["d": 1, "c": 2]])
        #expect(try answer(chatflow, [.text("a"), raw]).get() == ["b": 1.0, "a": ["d": 1, "c": 2]])
        let parts = [
            TimedPart(delay: .seconds(1), part: .text("a")), TimedPart(delay: .seconds(2), part: .failed("no")),
            TimedPart(delay: .seconds(4), part: .text("never")),
        ]
        #expect(AppBlockingAnswer(of: chatflow, parts: parts).delay == .seconds(3))
    }

    // MARK: - Before the run

    @Test(
        "what a mode needs",
        arguments: [
            (.chat, "", "streaming", "missing query"), (.chat, "q", "blocking", nil),
            (.agentChat, "", "blocking", "missing query"), (.agentChat, "q", "streaming", nil),
            (.agentChat, "q", "blocking", "Agent Chat App does not support blocking mode"),
            (.advancedChat, "", "blocking", "missing query"), (.workflow, "", "blocking", nil),
            (.completion, "", "streaming", nil),
        ] as [(CatalogApp.Mode, String, String, String?)])
    func admission(_ mode: CatalogApp.Mode, _ query: String, _ responseMode: String, _ text: String?) throws {
        let app = try RecordedApps.app(mode)
        let outcome = Result { () throws(Refusal) in
            try AppAdmission.check(app, query: query, responseMode: responseMode, quirks: .useful)
        }
        if let text {
            #expect(throws: Refusal.invalidParameter(text)) { try outcome.get() }
        } else {
            #expect(throws: Never.self) { try outcome.get() }
        }
    }

    @Test func completionsFailOnThePlatformItself() throws {
        let app = try RecordedApps.app(.completion)
        #expect(throws: Refusal.internalServerError) {
            try AppAdmission.check(app, query: "", responseMode: "blocking", quirks: .dify)
        }
    }

    @Test func anUnknownResponseMode() throws {
        try AppAdmission.check(responseMode: "streaming")
        let text = """
            invalid payload: 1 validation error for RequestInvokeApp
            response_mode
              Input should be 'blocking' or 'streaming' [type=literal_error, input_value='Streaming', input_type=str]
                For further information visit https://errors.pydantic.dev/2.12/v/literal_error
            """
        #expect(throws: Refusal.invalidParameter(text)) { try AppAdmission.check(responseMode: "Streaming") }
    }

    // MARK: - fetch_app

    @Test func parametersOfABareApp() throws {
        let recorded = try #require(RecordedApps.responses("fetch_app", "app with no features saved").first)
        #expect(RecordedApps.passedOn(AppParameters.of(try RecordedApps.app(.chat))) == recorded)
    }

    @Test func parametersOfASeedLieOverTheDefaults() throws {
        let recorded = try #require(RecordedApps.responses("fetch_app", "workflow or chatflow").first)
        let inputs = [
            AppInput(
                name: "topic", type: .textInput, label: "Topic", required: true, maxLength: 48, options: [],
                defaultValue: .null),
            AppInput(
                name: "tone", type: .select, label: "Tone", required: false, maxLength: nil, options: ["dry", "warm"],
                defaultValue: .null),
        ]
        let parameters: JSONObject = [
            "opening_statement": "", "text_to_speech": ["voice": ""], "retriever_resource": ["enabled": true],
        ]
        let app = try RecordedApps.app(.workflow, inputs: inputs, parameters: parameters)
        let given = RecordedApps.passedOn(AppParameters.of(app))
        #expect(given.keys == recorded.keys)
        for key in ["opening_statement", "user_input_form", "retriever_resource", "system_parameters"] {
            #expect(given[key] == recorded[key], "\(key)")
        }
        #expect(given["text_to_speech"] == ["enabled": false, "voice": ""])
        #expect(AppParameters.of(app, with: ["opening_statement": "Hi"])["opening_statement"] == "Hi")
    }

    // MARK: - The daemon

    @Test(
        "numbers as Go writes them",
        arguments: [
            ("1.0", "1"), ("0.0", "0"), ("-0.0", "-0"), ("2.50", "2.5"), ("1e2", "100"), ("9007199254740992", nil),
            ("9007199254740993", "9007199254740992"), ("100000000000000000000", nil), ("1e20", "100000000000000000000"),
            ("1e21", "1e+21"), ("0.000001", nil), ("0.0000015", nil), ("1.5e-7", nil), ("1e-10", nil),
            ("123456789012345678901234", "1.2345678901234569e+23"), ("-0.00123", nil),
        ] as [(String, String?)])
    func numbers(_ given: String, _ expected: String?) {
        let sorted = DaemonForm.sorted(["n": [.number(JSONNumber(literal: given))]])
        #expect(sorted["n"]?.array?.first?.number?.literal == expected ?? given)
    }

    @Test func keysAreSortedByTheirBytes() {
        let sorted = DaemonForm.sorted(["é": 1, "b": [["z": 1, "Z": 2]], "a": ["y": [:], "x": nil], "": true])
        #expect(JSONValue.object(sorted).description == #"{"":true,"a":{"x":null,"y":{}},"b":[{"Z":2,"z":1}],"é":1}"#)
    }
}
