import DifyOpenAPI
package import DifyProtocol

/// `tool-provider/api/…` (`api/services/tools/api_tools_manage_service.py`).
extension DifyConsole {
    /// `POST schema`: what Dify makes of a document.
    ///
    /// - Parameter environment: The request's `X-Request-Env`.
    package func apiSchema(payload: JSONValue, environment: String?) throws(Refusal) -> JSONValue {
        let schema = try ConsolePayload.apiSchema.read(payload)["schema"]?.string ?? ""
        let imported: ImportedAPI
        do {
            imported = try APIDefinition(name: "", schema: schema, environment: environment).imported(
                by: catalog.profile)
        } catch {
            // Two layers of Dify say so.
            throw .invalidParameter("invalid schema: \(error.message)")
        }
        return [
            "schema_type": .string(imported.schemaType), "parameters_schema": .array(imported.tools.map(\.entity)),
            "credentials_schema": .array(CredentialField.apiForm.map(\.json)), "warning": .object(imported.warning),
        ]
    }

    /// `POST add`
    package func addAPI(payload: JSONValue, environment: String?) throws -> JSONValue {
        let payload = try ConsolePayload.apiAdd.read(payload)
        var api = APIDefinition(payload, environment: environment)
        // Only a new provider has an empty policy where none is given.
        api.privacyPolicy = api.privacyPolicy ?? ""
        try platform.addAPI(api, to: workspace)
        return Self.success
    }

    /// `POST update`
    package func updateAPI(payload: JSONValue, environment: String?) throws -> JSONValue {
        let payload = try ConsolePayload.apiUpdate.read(payload)
        let original = payload["original_provider"]?.string ?? ""
        try platform.updateAPI(original, to: APIDefinition(payload, environment: environment), in: workspace)
        return Self.success
    }

    /// `POST delete`
    package func deleteAPI(payload: JSONValue) throws -> JSONValue {
        let name = try ConsolePayload.apiDelete.read(payload)["provider"]?.string ?? ""
        try platform.removeAPI(name, from: workspace)
        return Self.success
    }

    /// `GET get`
    package func api(query: JSONObject) throws(Refusal) -> JSONValue {
        let api = try provider(named: query)
        return [
            "schema_type": "openapi", "schema": .string(api.document.text),
            "tools": .array(api.tools.compactMap { $0.operation?.bundle.entity }),
            "icon": .object(ConsoleIcon.valid(api.settings.icon)), "description": .string(api.description),
            "credentials": .object(api.maskedCredentials),
            "privacy_policy": api.settings.privacyPolicy.map(JSONValue.string) ?? .null,
            "custom_disclaimer": .string(api.settings.customDisclaimer),
            "labels": .array(api.settings.labels.map(JSONValue.string)),
        ]
    }

    /// `GET tools`
    package func apiTools(query: JSONObject) throws(Refusal) -> JSONValue {
        let api = try provider(named: query)
        // Dify asserts that each of the operations has a name.
        guard api.tools.allSatisfy({ $0.operation?.bundle.operationID?.isEmpty == false }) else {
            throw .internalServerError
        }
        return .array(toolItems(of: api).map(JSONValue.object))
    }

    private func provider(named query: JSONObject) throws(Refusal) -> APIProvider {
        let name = try ConsolePayload.provider.read(.object(query))["provider"]?.string ?? ""
        guard let api = catalog.apis.values.first(where: { $0.name == name }) else {
            throw .providerNotAdded(name)
        }
        return api
    }
}

extension APIDefinition {
    /// A provider as a checked payload holds it.
    init(_ payload: JSONObject, environment: String?) {
        self.init(
            name: payload["provider"]?.string ?? "", schema: payload["schema"]?.string ?? "",
            credentials: payload["credentials"]?.object ?? [:], icon: payload["icon"]?.object ?? [:],
            privacyPolicy: payload["privacy_policy"]?.string,
            customDisclaimer: payload["custom_disclaimer"]?.string ?? "",
            labels: (payload["labels"]?.array ?? []).compactMap(\.string),
            seedMembers: JSONObject(Self.seedMemberNames.compactMap { name in payload[name].map { (name, $0) } }),
            environment: environment)
    }
}

extension Refusal {
    /// A provider that is looked for and not there, or one without the credentials that are asked for.
    static func providerNotAdded(_ name: String) -> Refusal { .invalidParameter("you have not added provider \(name)") }
}
