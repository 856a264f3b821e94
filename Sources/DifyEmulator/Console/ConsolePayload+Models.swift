import DifyProtocol

/// The payload models of the tools' controllers, and that of signing in.
extension ConsolePayload {
    // MARK: - Custom tools

    static let apiSchema = ConsolePayload("ApiToolSchemaPayload", [required("schema")])
    static let apiAdd = ConsolePayload("ApiToolProviderAddPayload", apiFields)
    static let apiUpdate = ConsolePayload(
        "ApiToolProviderUpdatePayload", apiFields + [required("original_provider")])
    static let apiDelete = ConsolePayload("ApiToolProviderDeletePayload", [required("provider")])
    static let apiTest = ConsolePayload(
        "ApiToolTestPayload",
        [
            required("tool_name"), optional("provider_name"), required("credentials", .object),
            required("parameters", .object), required("schema_type", schemaType), required("schema"),
        ])
    static let provider = ConsolePayload("ProviderQuery", [required("provider")])

    static let remote: ConsolePayload = {
        var payload = ConsolePayload("UrlQuery", [required("url")])
        payload.further = { query in query["url"]?.string.flatMap(WebAddress.complaint).map { [$0.at("url")] } ?? [] }
        return payload
    }()

    private static let schemaType = PydanticType.choice(["openapi", "swagger", "openai_plugin", "openai_actions"])

    private static let apiFields = [
        required("credentials", .object), required("schema_type", schemaType), required("schema"),
        required("provider"), required("icon", .object), optional("privacy_policy"),
        optional("labels", .elements(.string)),
        .optional("custom_disclaimer", .string, standard: ""),
    ]

    // MARK: - Workflow tools

    static let workflowCreate = ConsolePayload(
        "WorkflowToolCreatePayload", workflowFields + [id("workflow_app_id")])
    static let workflowUpdate = ConsolePayload(
        "WorkflowToolUpdatePayload", workflowFields + [id("workflow_tool_id")])
    static let workflowDelete = ConsolePayload("WorkflowToolDeletePayload", [id("workflow_tool_id")])
    static let workflowTools = ConsolePayload("WorkflowToolListQuery", [id("workflow_tool_id")])

    static let workflowGet: ConsolePayload = {
        var payload = ConsolePayload(
            "WorkflowToolGetQuery", [optionalID("workflow_tool_id"), optionalID("workflow_app_id")])
        payload.complaint = { query in
            let ids = ["workflow_tool_id", "workflow_app_id"].compactMap { query[$0]?.string }
            return ids.allSatisfy(\.isEmpty) ? "workflow_tool_id or workflow_app_id is required" : nil
        }
        return payload
    }()

    private static let workflowFields = [
        PydanticModel.Field(name: "name", type: .string, prepare: workflowToolName), required("label"),
        required("description"), required("icon", .object),
        .optional("parameters", .elements(.model(parameter)), standard: []),
        .optional("privacy_policy", .optional(.string), standard: ""),
        optional("labels", .elements(.string)),
    ]

    private static let parameter = PydanticModel(
        name: "WorkflowToolParameterConfiguration",
        fields: [
            required("name"), required("description"), required("form", .choice(["schema", "form", "llm"])),
        ])

    // MARK: - Builtin tools

    static let providerList = ConsolePayload(
        "ToolProviderListQuery", [optional("type", .literal(["builtin", "model", "api", "workflow", "mcp"]))])

    static let credentialAdd: ConsolePayload = {
        var payload = ConsolePayload(
            "BuiltinToolAddPayload",
            [
                required("credentials", .object), optional("name"),
                required("type", .choice(CredentialType.allCases.map(\.rawValue))),
            ])
        payload.further = longCredentialName
        return payload
    }()

    static let credentialUpdate: ConsolePayload = {
        var payload = ConsolePayload(
            "BuiltinToolUpdatePayload",
            [required("credential_id"), optional("credentials", .object), optional("name")])
        payload.further = longCredentialName
        return payload
    }()

    static let credentialDelete = ConsolePayload("BuiltinToolCredentialDeletePayload", [required("credential_id")])
    static let credentialDefault = ConsolePayload("BuiltinProviderDefaultCredentialPayload", [required("id")])

    @Sendable
    private static func longCredentialName(_ payload: JSONObject) -> [PydanticFinding] {
        guard let name = payload["name"]?.string, name.unicodeScalars.count > 30 else { return [] }
        return [
            PydanticFinding(
                path: ["name"], message: "String should have at most 30 characters", type: "string_too_long",
                input: .value(.json(.string(name))))
        ]
    }

    // MARK: - Signing in

    static let login = ConsolePayload(
        "LoginPayload",
        [
            required("email"), required("password"),
            .optional("remember_me", .boolean, standard: false), optional("invite_token"),
        ])

    // MARK: - Fields

    private static func required(_ name: String, _ type: PydanticType = .string) -> PydanticModel.Field {
        .required(name, type)
    }

    private static func optional(_ name: String, _ type: PydanticType = .string) -> PydanticModel.Field {
        .optional(name, .optional(type), standard: .null)
    }

    private static func id(_ name: String) -> PydanticModel.Field {
        PydanticModel.Field(name: name, type: .string, prepare: uuid)
    }

    private static func optionalID(_ name: String) -> PydanticModel.Field {
        PydanticModel.Field(name: name, type: .optional(.string), standard: .null, prepare: uuid)
    }

    /// `uuid_value` of Dify's `libs/helper.py`: an empty text passes. What is no text is left to the type.
    @Sendable
    private static func uuid(_ value: PythonValue) throws(PythonException) -> PythonValue {
        guard let text = value.json?.string, !text.isEmpty, PythonUUID.normalised(text) == nil else { return value }
        throw .value("\(text) is not a valid uuid.")
    }

    /// What is no text is left to the type.
    @Sendable
    private static func workflowToolName(_ value: PythonValue) throws(PythonException) -> PythonValue {
        guard let text = value.json?.string, let complaint = WorkflowToolName.complaint(about: text) else {
            return value
        }
        throw .value(complaint)
    }
}
