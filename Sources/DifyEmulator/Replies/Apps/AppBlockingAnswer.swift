import DifyProtocol

/// The one object that an app answers when nothing streams. Dify makes it of what it would have streamed
/// (`_to_blocking_response` of its pipelines).
struct AppBlockingAnswer: Sendable {
    /// How long the answer takes.
    let delay: Duration
    /// The object, or what Dify raises instead.
    let result: Result<JSONObject, Refusal>

    /// The answer of a run. Of `raw` items the first is the answer.
    init(of run: AppRun, parts: [TimedPart]) {
        var elapsed = Duration.zero
        for timed in parts {
            elapsed += timed.delay
            guard case .raw(let object) = timed.part else { continue }
            self.init(after: elapsed, .success(object))
            return
        }
        self.init(of: run, events: AppStream.events(of: run, parts: parts))
    }

    private init(of run: AppRun, events: [(delay: Duration, event: JSONObject)]) {
        var elapsed = Duration.zero
        var answer = ""
        for (delay, event) in events {
            elapsed += delay
            switch event["event"]?.string {
            case "message", "message_file", "agent_message": answer += event["answer"]?.string ?? ""
            case "message_replace": answer = event["answer"]?.string ?? ""
            default: break
            }
            if let result = Self.result(of: run, endedBy: event, answer: answer) {
                self.init(after: elapsed, result)
                return
            }
        }
        self.init(after: elapsed, .failure(Self.unfinished(run.app.mode)))
    }

    private init(after delay: Duration, _ result: Result<JSONObject, Refusal>) {
        self.delay = delay
        self.result = result
    }

    /// What an event makes of the run; nil for one after which it goes on.
    private static func result(
        of run: AppRun, endedBy event: JSONObject, answer: String
    ) -> Result<JSONObject, Refusal>? {
        switch event["event"]?.string {
        case "error": .failure(AppError(event).refusal)
        case "message_end" where run.app.mode != .workflow:
            .success(message(answer, metadata: event["metadata"] ?? [:], of: run))
        case "workflow_finished" where run.app.mode == .workflow:
            .success(outcome(event["data"]?.object ?? [:], of: run))
        default: nil
        }
    }

    private static func message(_ answer: String, metadata: JSONValue, of run: AppRun) -> JSONObject {
        let own: JSONObject = [
            "mode": .string(run.app.mode.rawValue), "answer": .string(answer), "metadata": metadata,
        ]
        return AppEventOrder.arrangedWhole(run.event("message", own))
    }

    /// A run that failed is an answer like any other.
    private static func outcome(_ data: JSONObject, of run: AppRun) -> JSONObject {
        let keys = [
            "id", "workflow_id", "status", "outputs", "error", "elapsed_time", "total_tokens", "total_steps",
            "created_at", "finished_at",
        ]
        return [
            "task_id": .string(run.taskID), "workflow_run_id": .string(run.workflowRunID),
            "data": .object(JSONObject(keys.map { ($0, data[$0] ?? .null) })),
        ]
    }

    /// What Dify raises for a stream without an end: an exception that it foresees, or for easy apps one that it does
    /// not.
    private static func unfinished(_ mode: CatalogApp.Mode) -> Refusal {
        switch mode {
        case .advancedChat, .workflow: .invalidParameter("queue listening stopped unexpectedly.")
        case .chat, .agentChat, .completion: .internalServerError
        }
    }
}
