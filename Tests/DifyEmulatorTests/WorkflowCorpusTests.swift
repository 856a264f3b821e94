import DifyProtocol
import Testing

@testable import DifyEmulator

/// What Dify's code for workflow tools was recorded to do.
struct WorkflowCorpusTests {
    @Test func recordedCases() async throws {
        try await Corpus.run("workflow-tool-cases") { example in
            let input = example.value["input"] ?? .null
            let expected = example.value["expect"] ?? .null
            let got: JSONValue =
                switch example.value["kind"]?.string {
                case "parameters": Self.parameters(input)
                case "human-input": Self.humanInput(input)
                case "inputs": Self.inputs(input)
                case "name": Self.name(input)
                case "uuid": Self.uuid(input)
                case "invoke": try Self.invoke(input)
                default: nil
                }
            return .comparing(got, with: expected.withoutErrorClass, "the outcome")
        }
    }

    // MARK: - Publishing

    private static func workflow(_ input: JSONValue) throws(Refusal) -> PublishedWorkflow {
        var nodes: [JSONValue] = []
        if let variables = input["start_variables"], !variables.isNull {
            nodes.append(["id": "start", "data": ["type": "start", "variables": variables]])
        }
        for outputs in input["end_outputs"]?.array ?? [] {
            nodes.append(["id": "end", "data": ["type": "end", "outputs": outputs]])
        }
        for type in input["node_types"]?.array ?? [] { nodes.append(["id": "other", "data": ["type": type]]) }
        let features: JSONValue = ["file_upload": ["enabled": input["file_upload_enabled"] ?? false]]
        let definition = try WorkflowDefinition(graph: ["nodes": .array(nodes), "edges": []], features: features)
        let configuration = (input["parameter_configuration"]?.array ?? []).map { choice in
            PublishedWorkflow.Parameter(
                name: choice["name"]?.string ?? "", description: choice["description"]?.string ?? "",
                form: choice["form"]?.string.flatMap(ToolParameter.Form.init) ?? .llm)
        }
        return try PublishedWorkflow(definition, as: .sample, configuration: configuration, profile: .current)
    }

    private static func parameters(_ input: JSONValue) -> JSONValue {
        do {
            let workflow = try workflow(input)
            return [
                "parameters": .array(workflow.parameters.map { $0.entity() }),
                "output_schema": .object(workflow.outputSchema),
            ]
        } catch {
            return ["error": .string(error.message.withoutVersion)]
        }
    }

    private static func humanInput(_ input: JSONValue) -> JSONValue {
        do {
            _ = try workflow(input)
            return ["error": nil]
        } catch {
            return ["error": .string(error.message)]
        }
    }

    private static func name(_ input: JSONValue) -> JSONValue {
        guard let name = input["name"]?.string, let complaint = WorkflowToolName.complaint(about: name) else {
            return ["error": nil, "payload_error": nil]
        }
        var report = PydanticReport(model: "WorkflowToolCreatePayload")
        report.findings = [
            .init(at: ["name"], "Value error, \(complaint)", type: "value_error", input: .string(name))
        ]
        return ["error": .string(complaint), "payload_error": .string(report.text.withoutVersion)]
    }

    private static func uuid(_ input: JSONValue) -> JSONValue {
        let value = input["value"]?.string ?? ""
        guard let id = value.isEmpty ? "" : PythonUUID.normalised(value) else {
            return ["error": .string("\(value) is not a valid uuid.")]
        }
        return ["result": .string(id), "error": nil]
    }

    // MARK: - Calls

    private static func inputs(_ input: JSONValue) -> JSONValue {
        do {
            let workflow = try workflow(input)
            let given = input["inputs"]?.object ?? [:]
            do {
                let inputs = try AppInputs.prepare(given, for: workflow.variables, files: files(input))
                return ["inputs": .object(inputs)]
            } catch {
                return ["error": .string(error.text)]
            }
        } catch {
            return ["error": .string(error.message.withoutVersion)]
        }
    }

    private static func invoke(_ input: JSONValue) throws -> JSONValue {
        let workflow = try workflow(input)
        let arguments: JSONObject
        do {
            arguments = try ParameterPreparation.prepare(input["arguments"]?.object ?? [:], for: workflow.parameters)
        } catch {
            return failure(error.refusal.message, phase: "prepare", run: nil)
        }
        if let lost = lost(input) { return failure(lost.rawValue, phase: "stream", run: nil) }
        let files = files(input)
        let given = WorkflowInputs(arguments, for: workflow.parameters, files: files)
        let run: JSONValue = [
            "inputs": .object(given.inputs), "files": .array(given.files.map(JSONValue.object)),
            "call_depth": .integer(WorkflowNesting.depthOfCalls), "streaming": false, "invoke_from": "service-api",
        ]
        let data = input["workflow_result"]?["data"] ?? [:]
        if let error = data["error"], PythonText.isTruthy(error) {
            return failure(PythonText.str(error), phase: "stream", run: run)
        }
        do {
            let messages = try WorkflowOutputs(files: files, profile: .current)
                .messages(data["outputs"]?.object ?? [:])
            return ["run": run, "messages": .array(try messages.map(sent)), "error": nil]
        } catch let error as StreamError {
            return failure(error.message, phase: "stream", run: run)
        }
    }

    private static func failure(_ text: String, phase: String, run: JSONValue?) -> JSONValue {
        ["run": run ?? .null, "messages": [], "error": .string(text), "error_phase": .string(phase)]
    }

    /// A message as it leaves the platform.
    private static func sent(_ message: ToolInvokeMessage) throws -> JSONValue {
        var received = try ReceivedMessage(message.wire, profile: .current)
        if message.type == .file { received.platformFile = message.meta?["file"]?.object }
        let transform = MessageTransform { _ throws(MessageError) in throw MessageError("nothing is kept here") }
        guard case .message(let outcome) = try transform.outcome(of: received) else { return nil }
        return try outcome.outgoing().wire
    }

    /// What the case's database lacks.
    private static func lost(_ input: JSONValue) -> WorkflowRun.Prerequisite? {
        let missing = Set((input["missing"]?.array ?? []).compactMap(\.string))
        if missing.contains("App") { return .app }
        if missing.contains("Workflow") { return .workflow }
        return missing.contains("Tenant") || missing.isSuperset(of: ["Account", "EndUser"]) ? .user : nil
    }

    /// The case's rows of files, and what servers say of files elsewhere.
    private static func files(_ input: JSONValue) -> InputFiles {
        let missing = Set((input["missing"]?.array ?? []).compactMap(\.string))
        let rows = input["stored_files"]?.object ?? [:]
        func row(_ kind: String, _ model: String, _ id: String) -> JSONObject? {
            guard !missing.contains(model), let row = rows[kind], row["id"]?.string == id else { return nil }
            return body(of: row)
        }
        let answer = input["head_responses"]?.array?.first
        return InputFiles(
            toolFile: { row("tool_file", "ToolFile", $0) }, upload: { row("upload_file", "UploadFile", $0) },
            remote: { _, url in answer.flatMap { RemoteFile(url: url, answer: $0) } })
    }

    private static func body(of row: JSONValue) -> JSONObject {
        var body = row.object ?? [:]
        body["mime_type"] = row["mimetype"] ?? row["mime_type"]
        body["file_key"] = row["file_key"] ?? row["key"]
        body["preview_url"] = "https://signed"
        if let text = row["extension"]?.string { body["extension"] = .string("." + text) }
        return body
    }
}

extension RemoteFile {
    /// What an answer to HEAD says; nil for one that is not 200.
    fileprivate init?(url: String, answer: JSONValue) {
        guard answer["status"] == 200 else { return nil }
        let headers = answer["headers"]
        let guess = RemoteFile(guessedFrom: url)
        let named = headers?["Content-Disposition"]?.string?.firstMatch(of: /filename="?([^";]+)/).map { String($0.1) }
        let name = named ?? guess.name
        let type = headers?["Content-Type"]?.string?.prefix { $0 != ";" }
        let guessedType = MediaType.guessed(from: name)
        self.init(
            name: name, mimeType: guessedType.isEmpty ? String(type ?? "") : guessedType,
            size: headers?["Content-Length"]?.string.flatMap { Int($0) } ?? -1)
    }
}

extension PublishedWorkflow.Card {
    fileprivate static let sample = PublishedWorkflow.Card(
        id: ProviderUUID(seed: 0, "workflow", "flow"), appID: ProviderUUID(seed: 0, "app", "flow"), name: "flow",
        label: "Flow", description: "", icon: [:], privacyPolicy: "", labels: [], version: "1")
}

extension JSONValue {
    /// The recorded outcome without the name of Python's class, which nobody is told.
    fileprivate var withoutErrorClass: JSONValue {
        guard var members = object else { return self }
        members["error_class"] = nil
        return .object(members)
    }
}

extension String {
    /// The text without the version in the addresses of pydantic's pages, as the corpus has it.
    fileprivate var withoutVersion: String {
        replacing(/errors\.pydantic\.dev\/\S+/, with: "errors.pydantic.dev/<version>")
    }
}
