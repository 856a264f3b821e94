/// A checked reverse call of an app: a chat, a workflow or a completion.
///
/// The request does not say which of them; the app does.
public struct AppInvocation: Sendable, Hashable {
    /// The app.
    public let appID: String
    /// What the user says; empty in calls of workflows and completions.
    public let query: String
    /// The values for the app's input form.
    public let inputs: JSONObject
    /// `streaming` or `blocking`.
    public let responseMode: String
    /// Which conversation to continue; empty for a new one.
    public let conversationID: String
    /// What newer SDKs send as the user. Dify goes by the session's user instead.
    public let user: String

    /// A call of an app.
    public init(
        appID: String, query: String = "", inputs: JSONObject = [:], responseMode: String = "streaming",
        conversationID: String = "", user: String = ""
    ) {
        self.appID = appID
        self.query = query
        self.inputs = inputs
        self.responseMode = responseMode
        self.conversationID = conversationID
        self.user = user
    }

    /// Reads and checks the request of an `app` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeAppRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        let schema = fields.embedded("InvokeAppSchema")
        appID = schema.text("app_id", as: "AppId", .required)
        inputs = schema.object("inputs") ?? [:]
        query = schema.text("query")
        responseMode = schema.text("response_mode")
        conversationID = schema.text("conversation_id")
        user = schema.text("user")
    }

    /// The call as the SDK sends it: as of a chat when there is a query or a conversation, as of a workflow otherwise.
    public var invocation: Invocation {
        let isChat = !query.isEmpty || !conversationID.isEmpty
        var request: JSONObject = ["app_id": .string(appID)]
        if isChat { request["query"] = .string(query) }
        request["inputs"] = .object(inputs)
        request["response_mode"] = .string(responseMode)
        if isChat { request["conversation_id"] = conversationID.isEmpty ? .null : .string(conversationID) }
        if !user.isEmpty { request["user"] = .string(user) }
        return Invocation(type: .app, request: request)
    }
}
