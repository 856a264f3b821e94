import DifyProtocol

/// The order in which Dify writes the members of an app's events: those of the envelope, then those of the event's
/// class (`convert_stream_full_response` of its modes, `api/core/app/entities/task_entities.py`).
///
/// The daemon sorts all of them; who asks the platform itself sees this order. Members that Dify does not know follow
/// as they are.
enum AppEventOrder {
    /// An event of a stream.
    static func arranged(_ event: JSONObject, of mode: CatalogApp.Mode) -> JSONObject {
        let name = event["event"]?.string ?? ""
        var event = event
        if let keys = data[name], let members = event["data"]?.object {
            event["data"] = .object(arranged(members, keys))
        }
        let tail = name == "error" ? error(event) : ["task_id"] + (own[name] ?? ["workflow_run_id", "data"])
        return arranged(event, envelope(of: mode) + tail)
    }

    /// The one object of an answer that is not streamed.
    static func arrangedWhole(_ answer: JSONObject) -> JSONObject {
        arranged(
            answer,
            [
                "event", "task_id", "id", "message_id", "conversation_id", "mode", "answer", "metadata", "created_at",
            ])
    }

    private static func arranged(_ object: JSONObject, _ keys: [String]) -> JSONObject {
        JSONObject(keys.compactMap { key in object[key].map { (key, $0) } }).merging(object)
    }

    private static func envelope(of mode: CatalogApp.Mode) -> [String] {
        mode == .workflow ? ["event", "workflow_run_id"] : ["event", "conversation_id", "message_id", "created_at"]
    }

    /// Of most exceptions Dify finds the text last.
    private static func error(_ event: JSONObject) -> [String] {
        let fixed: Set<JSONValue> = ["provider_quota_exceeded", "internal_server_error"]
        return fixed.contains(event["code"] ?? .null) ? ["code", "message", "status"] : ["code", "status", "message"]
    }

    /// The members of messages. All other events have the run's id and `data`.
    private static let own: [String: [String]] = [
        "message": ["id", "answer", "from_variable_selector"],
        "agent_message": ["id", "answer"],
        "agent_thought": [
            "id", "position", "thought", "observation", "tool", "tool_labels", "tool_input", "message_files",
        ],
        "message_file": ["id", "type", "belongs_to", "url"],
        "message_end": ["id", "metadata", "files"],
        "message_replace": ["answer", "reason"],
        "tts_message": ["audio"],
        "tts_message_end": ["audio"],
    ]

    private static let node = [
        "id", "node_id", "node_type", "title", "index", "predecessor_node_id", "inputs", "inputs_truncated",
    ]

    private static let finished =
        node + [
            "process_data", "process_data_truncated", "outputs", "outputs_truncated", "status", "error", "elapsed_time",
            "execution_metadata", "created_at", "finished_at", "files", "iteration_id", "loop_id", "retry_index",
        ]

    private static let containerStart = [
        "id", "node_id", "node_type", "title", "created_at", "extras", "metadata", "inputs", "inputs_truncated",
    ]

    private static let containerEnd = [
        "id", "node_id", "node_type", "title", "outputs", "outputs_truncated", "created_at", "extras", "inputs",
        "inputs_truncated", "status", "error", "elapsed_time", "total_tokens", "execution_metadata", "finished_at",
        "steps",
    ]

    private static let data: [String: [String]] = [
        "workflow_started": ["id", "workflow_id", "inputs", "created_at", "reason"],
        "workflow_finished": [
            "id", "workflow_id", "status", "outputs", "error", "elapsed_time", "total_tokens", "total_steps",
            "created_by", "created_at", "finished_at", "exceptions_count", "files",
        ],
        "node_started": node + ["created_at", "extras", "iteration_id", "loop_id", "agent_strategy"],
        "node_finished": finished,
        "node_retry": finished,
        "iteration_started": containerStart,
        "iteration_next": ["id", "node_id", "node_type", "title", "index", "created_at", "extras"],
        "iteration_completed": containerEnd,
        "loop_started": containerStart,
        "loop_next": ["id", "node_id", "node_type", "title", "index", "created_at", "pre_loop_output", "extras"],
        "loop_completed": containerEnd,
        "text_chunk": ["text", "from_variable_selector"],
        "workflow_paused": [
            "workflow_run_id", "paused_nodes", "outputs", "reasons", "status", "created_at", "elapsed_time",
            "total_tokens", "total_steps",
        ],
        "human_input_required": [
            "form_id", "node_id", "node_title", "form_content", "inputs", "actions", "display_in_ui", "form_token",
            "resolved_default_values", "expiration_time",
        ],
        "human_input_form_filled": [
            "node_id", "node_title", "rendered_content", "action_id", "action_text", "submitted_data",
        ],
        "human_input_form_timeout": ["node_id", "node_title", "expiration_time"],
        "agent_log": [
            "node_execution_id", "id", "label", "parent_id", "error", "status", "data", "metadata", "node_id",
        ],
    ]
}
