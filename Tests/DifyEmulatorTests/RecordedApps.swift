import DifyProtocol
import Foundation
import TestSupport
import Testing

@testable import DifyEmulator

/// What Dify's own converters made of app runs, and the run that they are about.
enum RecordedApps {
    /// The objects that a recorded call was answered.
    static func responses(_ file: String, _ name: String) throws -> [JSONObject] {
        let rows = try rows(file)
        let row = try #require(rows.first { $0["name"]?.string == name })
        return (row["events"]?.array ?? []).compactMap { $0["data"]?.object }
    }

    /// All rows of a file.
    static func rows(_ file: String) throws -> [JSONValue] {
        let path = Project.file("Tests/SDK/suite/exchanges/\(file).jsonl")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONParser.parse(String($0)) }
    }

    static func app(
        _ mode: CatalogApp.Mode, nodes: [AppNode] = [], inputs: [AppInput] = [], parameters: JSONObject = [:]
    ) throws -> CatalogApp {
        let id = try #require(ProviderUUID("a0a0a0a0-0000-4000-8000-000000000001"))
        return CatalogApp(
            id: id, name: "Desk", mode: mode, inputs: inputs, parameters: parameters, nodes: nodes, description: "")
    }

    /// A run with the recorded ids and usage.
    static func run(_ mode: CatalogApp.Mode, nodes: [AppNode] = []) throws -> AppRun {
        let chat = try responses("app_chat", "streaming")
        let usage = try #require(chat.last?["metadata"]?["usage"]?.object)
        return AppRun(
            app: try app(mode, nodes: nodes), inputs: ["topic": "colours"], query: "Which colours?",
            taskID: "6f0d3c0e-2b0a-4b0e-9d55-0c6a1b6a7e01", messageID: "9a4c2f0e-77f1-4c1e-8c3a-4b8a3d2e1001",
            conversationID: "2b8f1f5c-8a53-4f5e-9a0c-61d2a7f5c001",
            workflowRunID: "c4d6a9b2-3333-4333-8333-000000000001", workflowID: "c4d6a9b2-3333-4333-8333-0000000000aa",
            user: EndUser(id: "e0e0e0e0-0000-4000-8000-000000000001", session: "host-user-1"), startedAt: 1_767_225_600,
            turn: 1, usage: usage, id: { "id of \($0)" })
    }

    static func node(_ id: String, _ type: String, _ title: String = "", outputs: JSONObject = [:]) -> AppNode {
        AppNode(id: id, type: type, title: title, outputs: outputs)
    }

    static func events(of run: AppRun, _ parts: [AppPart]) -> [JSONObject] {
        AppStream.events(of: run, parts: parts.map { TimedPart(delay: .zero, part: $0) }).map { passedOn($0.event) }
    }

    /// What the daemon makes of the platform's answer; that is what was recorded.
    static func passedOn(_ data: JSONObject, answering type: InvocationType = .app) -> JSONObject {
        guard case .response(.object(let form)) = DaemonForm.event(.response(.object(data)), answering: type) else {
            return [:]
        }
        return form
    }
}

/// The event's name, and the keys of the event and of what it holds as `data`.
struct EventShape: Hashable, CustomStringConvertible {
    let description: String

    init(_ event: JSONObject) {
        let keys = event.keys.sorted().joined(separator: " ")
        let data = (event["data"]?.object?.keys.sorted() ?? []).joined(separator: " ")
        description = "\(event["event"]?.string ?? "-"): \(keys) | \(data)"
    }
}
