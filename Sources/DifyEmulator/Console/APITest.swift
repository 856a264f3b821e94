import DifyOpenAPI
import DifyProtocol

/// A tool of a document that is not saved, called for a test (`test_api_tool_preview`).
struct APITest {
    let bundle: ToolBundle
    let document: APIDocumentSource

    init(schema: String, tool: String, environment: String?, profile: Profile) throws(Refusal) {
        let imported: ImportedAPI
        do {
            imported = try ImportedAPI(schema, environment: environment, profile: profile)
        } catch {
            throw .invalidParameter("invalid schema")
        }
        guard let bundle = imported.tools.first(where: { $0.operationID == tool }) else {
            throw .invalidParameter("invalid tool name \(tool)")
        }
        self.bundle = bundle
        document = APIDocumentSource(schema)
    }

    /// The response as a text: an object as Python's JSON, a list as Python shows it, anything else as it came.
    func result(
        credentials: JSONObject, parameters: JSONObject, live: LiveAccess, profile: Profile
    ) async throws(StreamError) -> String {
        let operation = APIOperation(
            bundle: bundle, credentials: credentials, settings: APISettings(), document: document)
        let request = try operation.request(for: parameters, profile: profile)
        let response = try await LiveCall(request: request, access: live, profile: profile).response()
        // What fails, fails as it does for a plugin.
        _ = try response.messages(url: request.url, profile: profile)
        // The test makes of a response what tools made of it in 1.8.
        let messages = try response.messages(url: request.url, profile: Self.listsAsPython)
        guard let first = messages.first else { return "" }
        if let text = first.text { return text }
        return JSONWriter.string(first.body["json_object"] ?? .null, style: .python)
    }

    private static let listsAsPython = (try? Profile("1.8")) ?? .current
}
