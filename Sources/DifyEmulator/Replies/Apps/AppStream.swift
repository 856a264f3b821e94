import DifyProtocol

/// The objects that an app streams, in Dify's order.
enum AppStream {
    /// The events of a run, each with the time to wait before it.
    ///
    /// A reply of nothing but `events` and `raw` items is the whole stream. A run whose first part is an error fails
    /// before it starts: the error is the whole stream.
    static func events(of run: AppRun, parts: [TimedPart]) -> [(delay: Duration, event: JSONObject)] {
        list(of: run, parts: parts).events.map { ($0.delay, AppEventOrder.arranged($0.event, of: run.app.mode)) }
    }

    private static func list(of run: AppRun, parts: [TimedPart]) -> AppEventList {
        if !parts.isEmpty, parts.allSatisfy(\.part.isVerbatim) { return verbatim(run, parts) }
        if let first = parts.first, case .error(let error) = first.part {
            return failure(run, error, after: first.delay)
        }
        return switch run.app.mode {
        case .chat, .completion: MessageStream.events(of: run, parts: parts)
        case .agentChat: AgentStream.events(of: run, parts: parts)
        case .advancedChat, .workflow: WorkflowStream.events(of: run, parts: parts)
        }
    }

    private static func verbatim(_ run: AppRun, _ parts: [TimedPart]) -> AppEventList {
        var list = AppEventList()
        for timed in parts {
            list.wait(timed.delay)
            list.send(verbatim: timed.part, of: run)
        }
        return list
    }

    private static func failure(_ run: AppRun, _ error: AppError, after delay: Duration) -> AppEventList {
        var list = AppEventList()
        list.wait(delay)
        let event = run.error(error)
        list.send(run.app.mode == .workflow ? event.merging(["workflow_run_id": .null]) : event)
        return list
    }
}
