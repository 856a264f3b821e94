/// A checked reverse call that asks for an app's parameters.
public struct FetchAppInvocation: Sendable, Hashable {
    /// The app.
    public let appID: String

    /// A call that asks for an app's parameters.
    public init(appID: String) { self.appID = appID }

    /// Reads and checks the request of a `fetch_app` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "FetchAppRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) { appID = fields.text("app_id", as: "AppId", .required) }

    /// The call as the SDK sends it.
    public var invocation: Invocation { Invocation(type: .fetchApp, request: ["app_id": .string(appID)]) }
}
