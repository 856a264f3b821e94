import DifyProtocol
import Testing

@testable import DifyEmulator

struct AppMessageTests {
    @Test func anAgentThatOnlySpeaksHasOneRound() throws {
        let events = RecordedApps.events(of: try RecordedApps.run(.agentChat), [.text("Hi "), .text("there")])
        let names = events.compactMap { $0["event"]?.string }
        #expect(
            names == [
                "agent_thought", "agent_message", "agent_message", "agent_message", "agent_thought", "message_end",
            ])
        #expect(events[4]["thought"] == "Hi there" && events[4]["position"] == 1)
        #expect(events[0]["id"] == events[4]["id"])
    }

    @Test(
        "what tools got and gave is JSON text by tool",
        arguments: [
            (["tool": "t"], "{}", ""), (["tool": "t", "tool_input": ["a": "ü"]], #"{"t": {"a": "ü"}}"#, ""),
            (["tool": "t", "tool_input": ["t": "x"]], #"{"t": {"t": "x"}}"#, ""),
            (["tool": "t", "tool_input": ["t": ["a": 1]]], #"{"t": {"a": 1}}"#, ""),
            (["tool": "t", "observation": ["t": "o"]], "{}", #"{"t": "o"}"#),
            (["tool": "t", "tool_input": "as it is", "observation": "o"], "as it is", #"{"t": "o"}"#),
            (["tool": "t", "observation": #"{"t": "o"}"#], "{}", #"{"t": "o"}"#),
            (["tool": "t", "observation": [1]], "{}", #"{"t": [1]}"#),
            (
                ["tool": "a;b", "tool_input": ["a": [:], "b": ["x": 1]], "observation": ["a": "1", "b": "2"]],
                #"{"a": {}, "b": {"x": 1}}"#, #"{"a": "1", "b": "2"}"#
            ),
            ([:], "", ""), (["observation": "o"], "", "o"),
        ] as [(JSONObject, String, String)])
    func tools(_ members: JSONObject, _ input: String, _ observation: String) {
        let thought = AgentThought(members)
        #expect(thought.toolInputText == input)
        #expect(thought.observationText == observation)
    }

    @Test func aToolsRoundWithoutTextSaysWhatItThought() throws {
        let thought = AgentThought([
            "thought": "Look it up", "tool": "a;b", "files": [["url": "http://h/a.mp3", "type": "audio"]],
        ])
        let events = RecordedApps.events(of: try RecordedApps.run(.agentChat), [.thought(thought)])
        #expect(events[1]["answer"] == "Look it up")
        #expect(events[3]["tool_labels"]?["b"] == ["en_US": "b", "zh_Hans": "b"])
        #expect(events[4]["type"] == "audio")
        #expect(events[5]["message_files"] == ["id of file 1"])
        #expect(events.last?["files"]?.array?.first?["extension"] == ".mp3")
    }

    @Test func chunksAfterAFileComeUnderItsEvent() throws {
        let file = AppPart.file(["url": "http://h/a", "filename": "b.png", "size": 3])
        let events = RecordedApps.events(of: try RecordedApps.run(.completion), [file, .text("a")])
        #expect(events.map { $0["event"] } == ["message_file", "message_file", "message_end"])
        #expect(events[1]["answer"] == "a" && events[1]["id"] == events[1]["message_id"])
        #expect(events[2]["files"]?.array?.first?["filename"] == "b.png")
        let later = RecordedApps.events(of: try RecordedApps.run(.completion), [.text("a"), file, .text("b")])
        #expect(later.map { $0["event"] } == ["message", "message_file", "message", "message_end"])
    }

    @Test func resourcesAreCountedAnewAndOneADocument() throws {
        let resources: [JSONValue] = [
            ["dataset_id": "d", "document_id": "1", "content": "a", "position": 9],
            ["dataset_id": "d", "document_id": "1", "content": "b"], ["content": "c"], ["content": "d"],
        ]
        let events = RecordedApps.events(of: try RecordedApps.run(.chat), [.retrieverResources(resources)])
        let told = try #require(events.last?["metadata"]?["retriever_resources"]?.array)
        #expect(told.map { $0["content"] } == ["a", "c", "d"] && told.map { $0["position"] } == [1, 2, 3])
        #expect(told.allSatisfy { $0.object?.count == 19 })
    }

    @Test("errors as recorded", arguments: try RecordedApps.rows("app_errors").filter(isErrorEvent))
    func errors(_ row: JSONValue) throws {
        let recorded = try #require(row["events"]?.array?.first?["data"]?.object)
        let mode: CatalogApp.Mode =
            recorded["workflow_run_id"] != nil ? .workflow : recorded["conversation_id"] != nil ? .chat : .completion
        let run = try RecordedApps.run(mode)
        #expect(RecordedApps.events(of: run, [.error(AppError(recorded))]) == [recorded])
        // The texts that Dify uses whatever happened need not be given.
        var members: JSONObject = ["code": recorded["code"] ?? "invalid_param"]
        let isGiven = ["invalid_param", "provider_not_initialize"].contains(members["code"])
        if isGiven || recorded["message"] == "429 from vendor" { members["message"] = recorded["message"] }
        #expect(RecordedApps.events(of: run, [.error(AppError(members))]) == [recorded])
    }

    private static func isErrorEvent(_ row: JSONValue) -> Bool { row["name"]?.string?.hasPrefix("error event") == true }

    @Test func anErrorInAStartedRun() throws {
        let parts: [AppPart] = [.text("a"), .error(.valueError("gone")), .text("never")]
        let flow = RecordedApps.events(of: try RecordedApps.run(.advancedChat), parts)
        #expect(flow.suffix(3).map { $0["event"] } == ["node_finished", "workflow_finished", "error"])
        #expect(flow.last?["message"] == "gone" && flow.last?["task_id"] == nil)
        let workflow = RecordedApps.events(of: try RecordedApps.run(.workflow), parts)
        #expect(workflow.suffix(2).map { $0["event"] } == ["text_chunk", "error"])
        #expect(workflow.last?["workflow_run_id"] == "c4d6a9b2-3333-4333-8333-000000000001")
        let agent = RecordedApps.events(of: try RecordedApps.run(.agentChat), parts)
        #expect(agent.map { $0["event"] } == ["agent_thought", "agent_message", "error"])
    }
}
