import DifyProtocol

/// `fetch_app`: the parameters of an app.
struct AppParametersCall: SingleAnswerCall {
    private let app: CatalogApp

    init(_ call: FetchAppInvocation, in context: CallContext) throws(FailedCall) {
        do throws(FailedLookup) {
            app = try context.catalog.app(call.appID).app
        } catch {
            throw FailedCall(.fetchApp, refusal: error)
        }
    }

    var subject: CallSubject { .app(.fetchApp, app.id) }
    var title: String { "fetch_app \(app.name)" }
    var facts: JSONObject { ["app": .string(app.name)] }

    func derived() -> [FilledItem] { [] }

    func data(of items: [FilledItem]) -> JSONObject {
        let given = items.values(of: .parameters).compactMap(\.object)
        return AppParameters.of(app, with: given.reduce(JSONObject()) { $0.merging($1) })
    }
}
