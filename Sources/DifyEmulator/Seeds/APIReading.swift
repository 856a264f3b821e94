import DifyOpenAPI
import DifyProtocol

/// Custom tools as seeds write them.
extension SeedReader {
    /// Where an API's document comes from.
    enum DocumentSource {
        /// The seed names a file or holds the document; the closure gets the text of a file.
        case seed(read: (String) -> Result<String, SeedFileError>)
        /// The store holds the text and what was made of it.
        case stored(String, [ToolBundle])
    }

    /// - Parameter profile: The release of Dify by whose rules a document is imported.
    mutating func api(
        _ node: SeedNode, seed: Int, profile: Profile, document source: DocumentSource
    ) -> APIEntry? {
        guard members(node, of: "an API", keys: Self.apiKeys) != nil else { return nil }
        let name = requiredText("name", of: node, "an API")
        let id = providerID(of: node, derivedFrom: "api", name, seed: seed)
        let credentials = credentials(of: node)
        let settings = apiSettings(of: node)
        guard let (text, bundles) = document(of: node, from: source, profile: profile) else { return nil }
        let document = APIDocumentSource(text)
        let answers = answers(of: node, tools: bundles.map(\.toolName))
        let tools = bundles.map { bundle in
            CatalogTool(
                identity: ToolIdentity(kind: .api, provider: id.description, tool: bundle.toolName),
                providerName: name, nameOrigin: bundle.nameIsGenerated ? .generated : .operationID,
                description: bundle.summary ?? "", parameters: bundle.parameters,
                operation: APIOperation(
                    bundle: bundle, credentials: credentials, settings: settings, document: document),
                answer: answers[bundle.toolName].map(CannedAnswer.items))
        }
        return APIEntry(
            provider: APIProvider(
                id: id, name: name, credentials: credentials, settings: settings, document: document, tools: tools),
            bundles: bundles,
            definition: node.json.with("id", id.description).without("schema"), place: node.place)
    }

    private static let apiKeys = [
        "name", "id", "schema", "credentials", "replies", "live", "generate", "validate", "icon", "privacy_policy",
        "custom_disclaimer", "labels",
    ]

    private mutating func apiSettings(of node: SeedNode) -> APISettings {
        var settings = APISettings()
        settings.isLive = flag("live", of: node)
        settings.generates = flag("generate", of: node)
        settings.validation = validation(of: node)
        if let icon = icon(of: node) { settings.icon = icon }
        settings.privacyPolicy = optionalText("privacy_policy", of: node)
        settings.customDisclaimer = optionalText("custom_disclaimer", of: node) ?? ""
        settings.labels = texts("labels", of: node)
        return settings
    }

    private mutating func validation(of node: SeedNode) -> APISettings.Validation {
        guard let child = node["validate"], !child.json.isNull else { return .off }
        switch child.json {
        case false: return .off
        case true: return .report
        case "refuse": return .refuse
        default:
            fail(child, "\"validate\" is \(child.json.description); it must be true, false or refuse")
            return .off
        }
    }

    /// A tool's icon: `background` and `content`.
    mutating func icon(of node: SeedNode) -> JSONObject? {
        guard let child = node["icon"], !child.json.isNull else { return nil }
        guard members(child, of: "\"icon\"", keys: ["background", "content"]) != nil else { return nil }
        return [
            "background": .string(optionalText("background", of: child) ?? ""),
            "content": .string(optionalText("content", of: child) ?? ""),
        ]
    }

    private mutating func credentials(of node: SeedNode) -> JSONObject {
        guard let child = node["credentials"] else { return ["auth_type": "none"] }
        let keys = [
            "auth_type", "api_key_header", "api_key_header_prefix", "api_key_value", "api_key_query_param",
        ]
        guard members(child, of: "\"credentials\"", keys: keys) != nil else { return [:] }
        return child.json.object ?? [:]
    }

    private mutating func document(
        of node: SeedNode, from source: DocumentSource, profile: Profile
    ) -> (text: String, bundles: [ToolBundle])? {
        switch source {
        case .stored(let text, let bundles): return (text, bundles)
        case .seed(let read):
            guard let schema = node["schema"] else {
                fail(node, "an API needs \"schema\": a path beside this file, or the OpenAPI document itself")
                return nil
            }
            guard let (text, tools) = document(schema, profile: profile, read: read) else { return nil }
            if tools.count > 100 {
                fail(
                    schema,
                    "the document has \(tools.count) tools; Dify says \"the number of apis should be less than 100\"")
            }
            return (text, tools)
        }
    }

    private mutating func document(
        _ schema: SeedNode, profile: Profile, read: (String) -> Result<String, SeedFileError>
    ) -> (text: String, bundles: [ToolBundle])? {
        var name = "this document"
        do throws(APISchemaError) {
            switch schema.json {
            case .string(let text) where text.contains("\n") || text.hasPrefix("{"):
                return (text, try ImportedAPI(text, profile: profile).tools)
            case .string(let path):
                name = path
                switch read(path) {
                case .success(let text): return (text, try ImportedAPI(text, profile: profile).tools)
                case .failure(let error): fail(schema, error.description)
                }
            case .object:
                // A seed in JSON has no nodes to read; its text means the same to Dify.
                guard let source = schema.source else {
                    let text = schema.json.description
                    return (text, try ImportedAPI(text, profile: profile).tools)
                }
                let (api, text) = try ImportedAPI.inline(source, profile: profile)
                return (text, api.tools)
            default:
                fail(schema, "\"schema\" is \(schema.kind); it must be a path or an OpenAPI document")
            }
        } catch {
            let advice = name == schema.json.string ? "; `dify-emulator openapi` on it shows where and why" : ""
            fail(schema, "Dify refuses \(name): \(error.message)\(advice)")
        }
        return nil
    }

    private mutating func answers(of node: SeedNode, tools: [String]) -> [String: ReplySequence] {
        guard let replies = node["replies"], !replies.json.isNull else { return [:] }
        guard case .map(let members) = replies.value else {
            fail(replies, "\"replies\" is \(replies.kind); it must be a mapping of tool names to replies")
            return [:]
        }
        var answers: [String: ReplySequence] = [:]
        for member in members {
            if !tools.contains(member.key) {
                let nearest = Nearest.matches(member.key, in: tools).map { "\"\($0)\"" }.joined(separator: ", ")
                let hint =
                    nearest.isEmpty ? "its tools are \(tools.prefix(8).joined(separator: ", "))" : "nearest: \(nearest)"
                fail(at: member.place, "the document has no tool \"\(member.key)\"; \(hint)")
            }
            if case .map = member.value.value {
                _ = self.members(member.value, of: "a reply", keys: ["reply", "sequence", "then"])
                answers[member.key] = answer(of: member.value, under: "reply", for: .tool(.api))
            } else {
                answers[member.key] = ReplySequence(
                    lists: [items(member.value, for: .tool(.api))], continuation: .repeat)
            }
        }
        return answers
    }
}

extension JSONValue {
    fileprivate func without(_ key: String) -> JSONValue {
        guard case .object(var object) = self else { return self }
        object[key] = nil
        return .object(object)
    }
}
