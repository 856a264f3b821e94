import DifyProtocol
import Testing

@testable import DifyEmulator

struct AppStreamTests {
    private static let llm = [
        RecordedApps.node("start1", "start", "Start"), RecordedApps.node("llm1", "llm", "Describe"),
        RecordedApps.node("answer1", "answer", "Answer"),
    ]

    /// A recorded stream, and the reply that makes one of the same form.
    struct Stream: CustomTestStringConvertible {
        let file: String
        let name: String
        let mode: CatalogApp.Mode
        var nodes: [AppNode] = []
        let parts: [AppPart]
        var testDescription: String { "\(file): \(name)" }
    }

    private static let chart = AgentThought([
        "tool": "draw_chart", "tool_input": ["points": [1, 4, 9]],
        "observation": "chart saved, tell the reader to look at it",
        "tool_labels": ["draw_chart": ["en_US": "Draw chart"]],
    ])

    private static let streams = [
        Stream(
            file: "app_chat", name: "streaming", mode: .chat,
            parts: [
                .text(""), .text("The desk "), .text("opens at nine."),
                .retrieverResources([["dataset_id": "d", "document_id": "e", "content": "The desk opens at nine."]]),
            ]),
        Stream(
            file: "app_chat", name: "output moderation replaces the answer", mode: .chat,
            parts: [.text("Some draft"), .replace("This answer was withheld.")]),
        Stream(
            file: "app_agent", name: "streaming", mode: .agentChat,
            parts: [
                .text("Let me "), .text("plot that."), .thought(chart),
                .file(["url": "http://files.local/files/tools/5c1e.png?timestamp=1"]), .text("Here is "),
                .text("the chart."),
            ]),
        Stream(
            file: "app_completion", name: "streaming", mode: .completion,
            parts: [.text(""), .text("Dear team, "), .text("thanks.")]),
        Stream(
            file: "app_chatflow", name: "streaming", mode: .advancedChat, nodes: llm,
            parts: [.text("Red, "), .text("then blue.")]),
        Stream(
            file: "app_chatflow", name: "streaming, failed", mode: .advancedChat, nodes: llm,
            parts: [.failed("[quokka] Rate limit")]),
        Stream(
            file: "app_workflow", name: "streaming, failed", mode: .workflow,
            nodes: [
                RecordedApps.node("start1", "start", "Start"), RecordedApps.node("http1", "http-request", "Notify"),
            ],
            parts: [.failed("Server returned 502")]),
    ]

    @Test("events and their keys are the recorded ones", arguments: streams)
    func recorded(_ stream: Stream) throws {
        // This text of the recorded chatflow stands in its answer's template.
        let recorded = try RecordedApps.responses(stream.file, stream.name)
            .filter { $0["answer"]?.string != " Anything else?" }
        let run = try RecordedApps.run(stream.mode, nodes: stream.nodes)
        let events = RecordedApps.events(of: run, stream.parts)
        #expect(events.map(EventShape.init) == recorded.map(EventShape.init))
        #expect(events.map { $0["answer"] } == recorded.map { $0["answer"] })
        for (event, other) in zip(events, recorded) where event["data"] == nil {
            #expect(event["metadata"]?["usage"] == other["metadata"]?["usage"])
            #expect(event["message_id"] == other["message_id"] && event["created_at"] == other["created_at"])
        }
    }

    @Test("whole objects are the recorded ones", arguments: streams.filter { $0.file == "app_chatflow" })
    func recordedRuns(_ stream: Stream) throws {
        let recorded = try RecordedApps.responses(stream.file, stream.name)
            .filter { $0["answer"]?.string != " Anything else?" }
        let run = try RecordedApps.run(stream.mode, nodes: stream.nodes)
        let events = RecordedApps.events(of: run, stream.parts)
        for (event, other) in zip(events, recorded) where event["event"]?.string?.hasPrefix("node_") != true {
            guard event["event"] != "workflow_finished" else { continue }
            #expect(event == other)
        }
        for (event, other) in zip(events, recorded) {
            for key in ["node_id", "node_type", "title", "status", "error", "execution_metadata", "total_tokens"] {
                #expect(event["data"]?[key] == other["data"]?[key], "\(key)")
            }
        }
    }

    @Test(
        "events of a seed are completed to what Dify sent",
        arguments: [
            ("app_chat", .chat), ("app_agent", .agentChat), ("app_completion", .completion),
            ("app_chatflow", .advancedChat), ("app_workflow", .workflow),
        ] as [(String, CatalogApp.Mode)])
    func completed(_ file: String, _ mode: CatalogApp.Mode) throws {
        let run = try RecordedApps.run(mode)
        for row in try RecordedApps.rows(file) where row["request"]?["response_mode"] == "streaming" {
            let recorded = (row["events"]?.array ?? []).compactMap { $0["data"]?.object }
            guard !recorded.isEmpty else { continue }
            let bare = recorded.map { event in
                let envelope = run.event(event["event"]?.string ?? "", [:])
                return JSONObject(
                    event.filter { $0.key == "event" || envelope[$0.key] != $0.value }.map { ($0.key, $0.value) })
            }
            #expect(RecordedApps.events(of: run, [.events(bare)]) == recorded, "\(row["name"] ?? "")")
            #expect(RecordedApps.events(of: run, recorded.map(AppPart.raw)) == recorded)
        }
    }

    @Test func nodesThatRunOthers() throws {
        let name = "streaming: parallel branches, iteration, loop, retry"
        let recorded = try RecordedApps.responses("app_workflow", name)
        let nodes = [
            RecordedApps.node("each", "iteration", outputs: ["output": ["RED", "BLUE"]]),
            RecordedApps.node("none", "iteration"), RecordedApps.node("until", "loop", outputs: ["counter": 2]),
        ]
        let events = RecordedApps.events(of: try RecordedApps.run(.workflow, nodes: nodes), [.outputs(["n": 1])])
        let names = events.compactMap { $0["event"]?.string }
        #expect(
            names == [
                "workflow_started", "node_started", "node_finished", "iteration_started", "iteration_next",
                "iteration_next", "iteration_completed", "loop_started", "loop_next", "loop_completed",
                "node_started", "text_chunk", "node_finished", "workflow_finished",
            ])
        #expect(Set(events.map(EventShape.init)).isSubset(of: recorded.map(EventShape.init)))
        #expect(events.last?["data"]?["total_steps"] == 5)
    }

    @Test func anAppWithoutNodesHasAModel() throws {
        let events = RecordedApps.events(of: try RecordedApps.run(.workflow), [.text("Red, "), .text("blue.")])
        let nodes = events.compactMap { $0["data"]?["node_id"]?.string }
        #expect(nodes == ["start", "start", "llm", "llm", "end", "end"])
        let chunks = events.filter { $0["event"] == "text_chunk" }.map { $0["data"]?["text"]?.string }
        #expect(chunks == ["Red, ", "blue.", ""])
        let finished = events.last?["data"]
        #expect(finished?["outputs"] == ["text": "Red, blue."])
        #expect(finished?["total_tokens"] == 59 && finished?["total_steps"] == 3)
        #expect(finished?["created_by"] == ["id": "e0e0e0e0-0000-4000-8000-000000000001", "user": "host-user-1"])
    }

    @Test func theLastModelSpeaks() throws {
        let nodes = [
            RecordedApps.node("classify", "code"), RecordedApps.node("answer", "llm", "Answer"),
            RecordedApps.node("tidy", "template-transform", outputs: ["output": "x"]),
        ]
        let events = RecordedApps.events(of: try RecordedApps.run(.advancedChat, nodes: nodes), [.text("Hi")])
        let trace = events.compactMap { $0["data"]?["node_id"]?.string ?? $0["answer"]?.string }
        #expect(
            trace == [
                "start", "start", "classify", "classify", "answer", "Hi", "", "answer", "tidy", "tidy", "answer1",
                "answer1",
            ])
        #expect(events[6]["from_variable_selector"] == ["answer", "text"])
        #expect(events.last?["data"]?["outputs"] == ["answer": "Hi", "files": []])
    }

    @Test func aChatflowWithoutAModelUsesNothing() throws {
        let nodes = [RecordedApps.node("code", "code")]
        let events = RecordedApps.events(of: try RecordedApps.run(.advancedChat, nodes: nodes), [.text("Hi")])
        let message = try #require(events.first { $0["event"] == "message" })
        #expect(message["from_variable_selector"] == ["answer", "answer"])
        let end = try #require(events.first { $0["event"] == "message_end" })
        #expect(end["metadata"]?["usage"]?["total_price"] == "0.0")
        #expect(events.last?["data"]?["total_tokens"] == 0)
    }

    @Test func variablesOfTheEndStreamAsText() throws {
        let nodes = [RecordedApps.node("code", "code", outputs: ["list": []])]
        let outputs: JSONObject = ["list": ["a", true], "map": ["k": [1, [:]]], "n": 2.5, "gone": nil, "after": "x"]
        let events = RecordedApps.events(of: try RecordedApps.run(.workflow, nodes: nodes), [.outputs(outputs)])
        let chunks = events.filter { $0["event"] == "text_chunk" }.compactMap { $0["data"] }
        let map = "{\n  \"k\": [\n    1,\n    {}\n  ]\n}"
        #expect(chunks.map { $0["text"] } == ["- a\n- True", "\n", .string(map), "\n", "2.5"])
        #expect(chunks.first?["from_variable_selector"] == ["code", "list"])
        #expect(chunks.dropFirst().first?["from_variable_selector"] == ["end", "answer"])
        #expect(events.last?["data"]?["outputs"]?.object?.count == 5)
    }

    @Test func timesFollowFromTheDelays() throws {
        let run = try RecordedApps.run(.advancedChat)
        let parts = [
            TimedPart(delay: .milliseconds(750), part: .text("a")),
            TimedPart(delay: .milliseconds(500), part: .text("b")),
            TimedPart(delay: .seconds(1), part: .usage(["completion_tokens": 3])),
        ]
        let events = AppStream.events(of: run, parts: parts)
        #expect(events.map(\.delay).filter { $0 > .zero } == [.milliseconds(750), .milliseconds(500), .seconds(1)])
        let finished = events.last?.event["data"]
        #expect(finished?["elapsed_time"] == 2.25 && finished?["finished_at"] == 1_767_225_602)
        #expect(finished?["total_tokens"] == 45)
        let model = try #require(events.last { $0.event["data"]?["node_id"] == "llm" }?.event["data"])
        #expect(model["elapsed_time"] == 2.25 && model["created_at"] == 1_767_225_600)
        #expect(model["execution_metadata"]?["total_tokens"] == 45)
    }
}
