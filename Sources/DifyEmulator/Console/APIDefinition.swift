import DifyOpenAPI
public import DifyProtocol

/// A custom tool provider as Dify's console adds and changes it.
public struct APIDefinition: Sendable, Hashable {
    /// Its name, which is the provider's identity in the console. Spaces around it do not count.
    public var name: String
    /// The OpenAPI document, JSON or YAML.
    public var schema: String
    /// `auth_type` (`none`, `api_key_header`, `api_key_query`) and what goes with it.
    public var credentials: JSONObject
    /// `background` and `content`.
    public var icon: JSONObject
    /// Who is told what about privacy.
    public var privacyPolicy: String?
    /// What people read before they use the tools.
    public var customDisclaimer: String
    /// Dify's labels; others are left out.
    public var labels: [String]
    /// Further members of a seed's entry, which Dify does not know: `replies`, `live`, `generate`, `validate`. One that
    /// is left out stays as it is when the provider is changed.
    public var seedMembers: JSONObject
    /// The environment by which a server of the document is chosen: the header `X-Request-Env`.
    public var environment: String?

    /// The members of a seed's entry that may stand beside those of Dify's console.
    public static let seedMemberNames = ["replies", "live", "generate", "validate"]

    /// A provider.
    public init(
        name: String, schema: String, credentials: JSONObject = ["auth_type": "none"],
        icon: JSONObject = APISettings().icon, privacyPolicy: String? = nil, customDisclaimer: String = "",
        labels: [String] = [], seedMembers: JSONObject = [:], environment: String? = nil
    ) {
        self.name = name
        self.schema = schema
        self.credentials = credentials
        self.icon = icon
        self.privacyPolicy = privacyPolicy
        self.customDisclaimer = customDisclaimer
        self.labels = labels
        self.seedMembers = seedMembers
        self.environment = environment
    }
}

extension APIDefinition {
    /// What Dify makes of the document.
    ///
    /// - Throws: ``Refusal`` with Dify's text.
    func imported(by profile: Profile) throws(Refusal) -> ImportedAPI {
        do {
            return try ImportedAPI(schema, environment: environment, profile: profile)
        } catch {
            throw .invalidParameter("invalid schema: \(error.message)")
        }
    }

    /// The provider as an entry of a workspace.
    ///
    /// - Parameters:
    ///   - credentials: The checked credentials.
    ///   - earlier: The entry whose place it takes.
    /// - Throws: ``Refusal`` where Dify's database does not take it, ``SeedError`` for seed members that are wrong.
    func entry(
        id: ProviderUUID, credentials: APICredentials, imported: ImportedAPI, seed: Int, profile: Profile,
        inPlaceOf earlier: JSONObject = [:]
    ) throws -> APIEntry {
        try checkDescription(imported.description)
        try ConsoleColumn.check(PythonText.strip(name), privacyPolicy ?? "", ConsoleColumn.json(icon))
        let node = SeedNode(
            json: .object(
                definition(
                    id: id, credentials: try credentials.stored(), tools: imported.tools.map(\.toolName), earlier)))
        var reader = SeedReader()
        let source = SeedReader.DocumentSource.stored(schema, imported.tools)
        let entry = reader.api(node, seed: seed, profile: profile, document: source)
        guard let entry, reader.mistakes.isEmpty else { throw SeedError(reader.mistakes) }
        return entry
    }

    private func definition(
        id: ProviderUUID, credentials: JSONObject, tools: [String], _ earlier: JSONObject
    ) -> JSONObject {
        var members: JSONObject = [
            "name": .string(PythonText.strip(name)), "id": .string(id.description),
            "credentials": .object(credentials), "icon": .object(ConsoleIcon.valid(icon)),
        ]
        if let privacyPolicy { members["privacy_policy"] = .string(privacyPolicy) }
        if !customDisclaimer.isEmpty { members["custom_disclaimer"] = .string(customDisclaimer) }
        let labels = ToolLabels.known(labels)
        if !labels.isEmpty { members["labels"] = .array(labels.map(JSONValue.string)) }
        for name in Self.seedMemberNames {
            if let given = seedMembers[name] {
                members[name] = given
            } else if name == "replies", let kept = earlier[name]?.object {
                // A reply to a tool that the document has no more would keep the entry from being read.
                let replies = JSONObject(kept.filter { tools.contains($0.key) }.map { ($0.key, $0.value) })
                if !replies.isEmpty { members[name] = .object(replies) }
            } else {
                members[name] = earlier[name]
            }
        }
        return members
    }

    /// Dify reads the document's description into a text of all languages, and fails with anything else.
    private func checkDescription(_ description: JSONValue) throws(Refusal) {
        guard description.string == nil else { return }
        let languages = description.isNull ? ["en_US"] : ["en_US", "zh_Hans"]
        let findings = languages.map { language in
            PydanticFinding(
                path: [language], message: "Input should be a valid string", type: "string_type",
                input: .value(.json(description)))
        }
        throw .invalidParameter(PydanticFinding.text(findings, model: "I18nObject"))
    }
}
