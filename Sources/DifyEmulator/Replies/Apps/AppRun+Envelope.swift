import DifyProtocol

/// The keys that Dify puts around each object of an app's stream (the `convert_stream_full_response` of its modes).
extension AppRun {
    /// An event with what is its own. Own members count more than the envelope's.
    func event(_ name: String, _ own: JSONObject) -> JSONObject {
        var envelope: JSONObject = ["event": .string(name)]
        if name != "error" { envelope["task_id"] = .string(taskID) }
        if app.mode == .workflow {
            envelope["workflow_run_id"] = .string(workflowRunID)
        } else {
            envelope["message_id"] = .string(messageID)
            envelope["created_at"] = .integer(startedAt)
            if app.mode != .completion { envelope["conversation_id"] = .string(conversationID) }
            if Self.messageEvents.contains(name) { envelope["id"] = .string(messageID) }
            if Self.isAboutRun(name) { envelope["workflow_run_id"] = .string(workflowRunID) }
        }
        return envelope.merging(own)
    }

    /// An event of a seed, completed where it lacks members of the envelope.
    func completed(_ event: JSONObject) -> JSONObject {
        event["event"]?.string.map { self.event($0, event) } ?? event
    }

    /// What takes the place of the whole answer.
    func replacement(_ answer: String, reason: String = "") -> JSONObject {
        event("message_replace", ["answer": .string(answer), "reason": .string(reason)])
    }

    /// The end of a message.
    func end(_ metadata: MessageMetadata, files: JSONValue) -> JSONObject {
        event("message_end", ["metadata": metadata.json, "files": files])
    }

    /// An exception, after which nothing follows.
    func error(_ error: AppError) -> JSONObject { event("error", error.members) }

    /// The events whose `id` is the message's.
    private static let messageEvents: Set<String> = ["message", "agent_message", "message_end"]

    /// Whether an event of a chatflow tells about the run behind the message.
    private static func isAboutRun(_ name: String) -> Bool {
        ["workflow_", "node_", "iteration_", "loop_", "human_input_"].contains { name.hasPrefix($0) }
    }
}
