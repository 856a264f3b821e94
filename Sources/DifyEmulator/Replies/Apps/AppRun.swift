import DifyProtocol

/// What one run of an app is about. Ids and times are given: nothing is made up here.
struct AppRun: Sendable {
    let app: CatalogApp
    /// The inputs after the form's checks.
    let inputs: JSONObject
    /// What the user says; empty for workflows.
    let query: String
    /// Names the run.
    let taskID: String
    /// The message that answers; for workflows not used.
    let messageID: String
    /// The conversation; for workflows and completions not used.
    let conversationID: String
    /// The run of the chatflow or workflow; for other apps not used.
    let workflowRunID: String
    let workflowID: String
    let user: EndUser
    /// When the call came, in Unix seconds.
    let startedAt: Int
    /// Which message of the conversation this is, counted from 1.
    let turn: Int
    /// What the model used, in the platform's form.
    let usage: JSONObject
    /// The model that the run's language model nodes name.
    var model: ModelIdentity?
    /// The release of Dify that runs it.
    var profile = Profile.current
    /// A further id of the run, by name: of a node's execution, a thought, a file.
    let id: @Sendable (String) -> String
}

extension AppRun {
    /// The variables with which a chatflow or workflow starts: the form's and those of the system.
    var startVariables: JSONObject {
        var variables = inputs
        variables["sys.files"] = []
        variables["sys.user_id"] = .string(user.session)
        variables["sys.app_id"] = .string(app.id.description)
        variables["sys.workflow_id"] = .string(workflowID)
        variables["sys.workflow_run_id"] = .string(workflowRunID)
        if app.mode == .advancedChat {
            variables["sys.query"] = .string(query)
            variables["sys.dialogue_count"] = .integer(turn)
        }
        return variables
    }

    /// The Unix second that is reached so long after the start.
    func second(after elapsed: Duration) -> JSONValue { .integer(startedAt + Int(elapsed.components.seconds)) }
}

extension Duration {
    /// The duration in seconds, as Dify's `elapsed_time` tells it.
    var elapsedTime: JSONValue {
        .number(JSONNumber(Double(components.seconds) + Double(components.attoseconds) / 1e18))
    }
}
