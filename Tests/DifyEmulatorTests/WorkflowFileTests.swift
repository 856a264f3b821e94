import DifyProtocol
import Foundation
import TestSupport
import Testing

@testable import DifyEmulator

/// Workflow tools made of apps that Dify exported.
struct WorkflowFileTests {
    private static let folder = Project.file("Tests/DifyEmulatorTests/Fixtures/dsl")

    private static func platform(_ workflows: String) throws -> Platform {
        let lines = workflows.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        let seed = "seed: 7\nworkflows:\n" + lines.joined(separator: "\n")
        return try Platform(seeds: [.text(seed, name: "s.yaml", folder: folder)])
    }

    private static func workflow(_ entry: String) throws -> PublishedWorkflow {
        try #require(try platform(entry).defaultWorkspace.tools.last?.workflow)
    }

    // MARK: - What a file gives

    @Test func oldFileGivesItsVariables() throws {
        let workflow = try Self.workflow("- {name: read_report, from: report_0.1.2.yml}")
        #expect(workflow.label == "Report reader")
        #expect(workflow.description == "Reads a report and says what matters")
        #expect(workflow.icon == ["background": "#FFEAD5", "content": "📄"])
        #expect(workflow.parameters.map(\.name) == ["report", "style", "pages"])
        #expect(workflow.parameters.map(\.type) == [.string, .select, .number])
        #expect(workflow.parameters.map(\.required) == [true, false, false])
        #expect(workflow.parameters.map(\.label) == ["The report", "Style", "Pages"])
        #expect(workflow.parameters[1].options == ["short", "long"])
        #expect(workflow.parameters.allSatisfy { $0.form == .llm })
        // Nodes of that age do not say what their outputs are, and `text` is no variable of an answer.
        #expect(
            workflow.outputSchema
                == ["type": "object", "properties": ["summary": ["type": "any", "description": ""]]])
    }

    @Test func newFileGivesTypesAndDefaults() throws {
        let workflow = try Self.workflow("- {name: claims, from: claim_0.6.0.yml, label: Desk, icon: {content: C}}")
        #expect(workflow.label == "Desk")
        #expect(workflow.icon == ["background": "", "content": "C"])
        #expect(workflow.parameters.map(\.type) == [.string, .number, .boolean, .file, .files, .object])
        #expect(workflow.parameters.map(\.defaultValue) == ["", 2, true, nil, nil, nil])
        #expect(workflow.variables[4].allowedFiles?.extensions == [".png"])
        // A later end node says anew what an output is, at its first place.
        #expect(
            workflow.outputSchema["properties"] == [
                "decision": ["type": "string", "description": ""], "weeks": ["type": "string", "description": ""],
                "reasons": ["type": "array[string]", "description": ""],
            ])
    }

    @Test func entryMayChooseHowParametersArePresented() throws {
        let workflow = try Self.workflow(
            """
            - name: read_report
              from: report_0.1.2.yml
              parameters:
                - {name: style, description: How long, form: form}
                - {name: pictures, description: Images of the report}
            """)
        #expect(workflow.parameters.map(\.name) == ["report", "style", "pages", "pictures"])
        #expect(workflow.parameters.map(\.form) == [.llm, .form, .llm, .llm])
        #expect(workflow.parameters[1].humanDescription == "How long")
        #expect(workflow.parameters[1].llmDescription == "How long")
        // The file's switch for images stands in for a variable of that name.
        #expect(workflow.parameters[3].type == .systemFiles)
    }

    @Test func callsThatEveryRunMakesAreFound() throws {
        let workflow = try Self.workflow("- {name: caller, from: caller_0.4.0.yml}")
        let middle = NestedWorkflow(provider: "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2c01", label: "Middle")
        #expect(workflow.calls == [middle])
    }

    @Test(arguments: ["report_0.1.2.yml", "claim_0.6.0.yml", "caller_0.4.0.yml"])
    func storedWorkflowNeedsTheFileNoLonger(_ file: String) throws {
        let store = try Project.temporaryFolder().appending(path: "s.db").path
        let seed = "seed: 7\nworkflows: [{name: flow, from: \(file), reply: [{outputs: {summary: s}}]}]"
        let first = try Platform(.file(store), seeds: [.text(seed, name: "s.yaml", folder: Self.folder)])
        let expected = try #require(first.defaultWorkspace.tools.last)
        let yaml = try first.export(first.defaultWorkspace).yaml()
        let copies = [try Platform(.file(store)), try Platform(seeds: [.text(yaml, name: "export.yaml")])]
        for copy in copies {
            let tool = try #require(copy.defaultWorkspace.tools.last)
            #expect(tool.identity == expected.identity)
            #expect(tool.parameters == expected.parameters)
            #expect(tool.workflow?.calls == expected.workflow?.calls)
            #expect(tool.workflow?.outputSchema == expected.workflow?.outputSchema)
            #expect(tool.workflow?.definition.fileUpload == expected.workflow?.definition.fileUpload)
            #expect(tool.workflow?.variables.map(\.variable) == expected.workflow?.variables.map(\.variable))
            #expect(tool.workflow?.icon == expected.workflow?.icon)
            #expect(tool.workflow?.appID == expected.workflow?.appID)
        }
        #expect(!yaml.contains("from:"))
    }

    @Test func workflowOfAFileIsCalled() async throws {
        let platform = try Self.platform(
            """
            - name: read_report
              id: 7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10
              from: report_0.1.2.yml
              reply: [{outputs: {text: "{{report}} in {{pages}}", summary: "{{style}}"}}]
            """)
        let id = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10"
        let outcome = await platform.outcome(
            .workflow, id, "any", ["report": "r", "pages": "3", "style": "long", "other": 1])
        #expect(outcome.types == ["variable", "text", "json"])
        #expect(outcome.messages[2].jsonObject == ["text": "r in 3", "summary": "long"])
        #expect(outcome.notes.contains { $0.contains("no parameter other") })
        let refused = await platform.outcome(.workflow, id, "any", ["report": "r", "style": "none"])
        let text = "style in input form must be one of the following: ['short', 'long']"
        #expect(refused.error == "read tool response failed: request failed: \(text)")
    }

    // MARK: - What is refused

    private static func app(_ lines: String, version: String = "0.3.0") -> String {
        """
        kind: app
        version: \(version)
        app: {name: A, mode: workflow}
        \(lines)
        """
    }

    private static let graph = "workflow: {graph: {nodes: [], edges: []}}"

    private static func nodes(_ node: String) -> String {
        "workflow:\n  graph:\n    edges: []\n    nodes:\n    - id: '1'\n      data:\n" + node
    }

    private static func mistake(in text: String) throws -> String {
        let folder = try Project.temporaryFolder()
        try text.write(to: folder.appending(path: "flow.yml"), atomically: true, encoding: .utf8)
        let seed = SeedSource.text("workflows: [{name: f, from: flow.yml}]", name: "s.yaml", folder: folder.path)
        let error = try #require(throws: SeedError.self) { try Platform(seeds: [seed]) }
        return error.description
    }

    @Test(
        "files that Dify does not take, or does not publish as tools",
        arguments: [
            ("", "flow.yml: this app cannot be published as a tool: Invalid YAML format: content must be a mapping"),
            ("- a", "Invalid YAML format: content must be a mapping"),
            ("a: [", "flow.yml:2: this app cannot be published as a tool: Invalid YAML format: while parsing a flow"),
            ("a: !!python/x b", "Invalid YAML format: could not determine a constructor for the tag"),
            ("kind: app", "Missing app data in YAML content"),
            ("kind: rag_pipeline\nversion: 0.1.0\nrag_pipeline: {name: x}", "Missing app data in YAML content"),
            ("app: {name: x}", "loss app mode"),
            ("app: {mode: film}", "flow.yml:1: this app cannot be published as a tool: 'film' is not a valid AppMode"),
            ("app: {mode: chat}", "this is a chat app, and Dify publishes only apps of mode workflow as tools"),
            ("app: {mode: workflow}", "Missing workflow data for workflow/advanced chat app"),
            ("app: {mode: workflow}\nworkflow: []", "Missing workflow data for workflow/advanced chat app"),
        ])
    func refused(_ text: String, _ message: String) throws {
        #expect(try Self.mistake(in: text).contains(message))
    }

    @Test(
        "versions",
        arguments: [
            (
                "0.3",
                "flow.yml:2: this app cannot be published as a tool: "
                    + "Invalid version type, expected str, got <class 'float'>"
            ),
            ("7", "Invalid version type, expected str, got <class 'int'>"),
            ("newest", "the file's version \"newest\" is none"),
            ("1.0.0", "DSL version 1.0.0 is not supported: Dify 1.14.2 writes 0.6.0 and asks before it imports"),
            ("0.8.0", "versions up to 0.7 are known here"),
        ])
    func refusedVersion(_ version: String, _ message: String) throws {
        #expect(try Self.mistake(in: Self.app(Self.graph, version: version)).contains(message))
    }

    @Test(arguments: ["", "0.1.0", "0.1.5", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "0.5.0", "0.6.0", "0.6.1", "0.7.0"])
    func everyKnownVersionLoads(_ version: String) throws {
        let text = Self.app(Self.graph, version: version)
        #expect(throws: Never.self) { try WorkflowFile(text, file: "f", profile: .current) }
    }

    @Test(
        "parts of the workflow that Dify cannot read",
        arguments: [
            (
                nodes(
                    "        type: start\n        variables:\n        - {variable: a, label: A, type: text-input}\n"
                        + "        - {variable: b, type: text-input}"),
                "flow.yml:13: this app cannot be published as a tool: "
                    + "1 validation error for VariableEntity\nlabel\n  Field"
            ),
            (
                nodes(
                    "        type: start\n        variables:\n"
                        + "        - {variable: a, label: A, type: external_data_tool}"),
                "flow.yml:12: Dify does not publish this workflow as a tool: "
                    + "unsupported variable type external_data_tool"
            ),
            (
                nodes(
                    "        type: end\n        outputs:\n"
                        + "        - {variable: a, value_selector: [n, a], value_type: odd}"),
                "1 validation error for OutputVariableEntity\nvalue_type\n"
            ),
            (nodes("        type: start\n        variables: 5"), "'int' object is not iterable"),
            ("workflow: {graph: {nodes: 5}}", "'int' object is not iterable"),
            ("workflow: {graph: {nodes: [x]}}", "'str' object has no attribute 'get'"),
            ("workflow: {graph: {nodes: [{data: 5}]}}", "'int' object has no attribute 'get'"),
            ("workflow: {environment_variables: [{value: 1}]}", "missing name"),
            ("workflow: {environment_variables: [{name: a, value: 1}]}", "missing value type"),
            ("workflow: {conversation_variables: [{name: a, value_type: number}]}", "missing value"),
            (
                "workflow: {environment_variables: [{name: a, value: x, value_type: film}]}",
                "not supported value type film"
            ),
            ("workflow: {environment_variables: [{name: a, value: x, value_type: number}]}", "invalid number value x"),
            (
                "workflow: {graph: {nodes: [{data: {type: start}}, {data: {type: trigger-webhook}}]}}",
                "Start node and trigger nodes cannot coexist in the same workflow"
            ),
        ])
    func unreadable(_ lines: String, _ message: String) throws {
        #expect(try Self.mistake(in: Self.app(lines)).contains(message))
    }

    @Test(
        "entries that do not go with their file",
        arguments: [
            ("{name: f, from: gone.yml}", "gone.yml: there is no such file"),
            (
                "{name: f, from: chatflow_0.3.0.yml}",
                "chatflow_0.3.0.yml:5: this app cannot be published as a tool: this is a chatflow"
            ),
            (
                "{name: f, from: waiting_0.6.0.yml}",
                "waiting_0.6.0.yml:13: Dify does not publish this workflow as a tool: "
                    + "Workflow with Human Input nodes cannot be published as a workflow tool."
            ),
            (
                "{name: f, from: claim_0.6.0.yml, parameters: [{name: clam}]}",
                "the start node has no variable \"clam\"; did you mean \"claim\"?"
            ),
            (
                "{name: f, from: claim_0.6.0.yml, parameters: [{name: claim, type: number}]}",
                "a parameter has no \"type\""
            ),
            ("{name: f, from: claim_0.6.0.yml, variables: []}", "the variables are those of the file"),
        ])
    func entryMistakes(_ entry: String, _ message: String) throws {
        let error = try #require(throws: SeedError.self) { try Self.platform("- \(entry)") }
        #expect(error.description.contains(message))
    }

    @Test func theReleaseDecidesWhatIsPublished() throws {
        func load(_ file: String, profile: String) throws -> Platform {
            let seed = "profile: \(profile)\nworkflows: [{name: f, from: \(file)}]"
            return try Platform(seeds: [.text(seed, name: "s.yaml", folder: Self.folder)])
        }
        #expect(throws: Never.self) { try load("waiting_0.6.0.yml", profile: "1.12.1") }
        let error = try #require(throws: SeedError.self) { try load("claim_0.6.0.yml", profile: "1.9.2") }
        #expect(error.description.contains("unsupported variable type checkbox"))
        let later = try #require(throws: SeedError.self) { try load("claim_0.6.0.yml", profile: "1.12.1") }
        #expect(later.description.contains("unsupported variable type json_object"))
    }

    @Test func hugeFilesAreRefused() {
        let text = Self.app(Self.graph) + "\n# " + String(repeating: "x", count: 10 * 1024 * 1024)
        let error = #expect(throws: SeedMistake.self) { try WorkflowFile(text, file: "f", profile: .current) }
        #expect(error?.message == "File size exceeds the limit of 10MB")
    }
}
