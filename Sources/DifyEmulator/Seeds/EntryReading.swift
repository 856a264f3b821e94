import DifyOpenAPI
import DifyProtocol

/// Catalogue entries as seeds write them.
extension SeedReader {
    // MARK: - Plugins

    mutating func plugin(_ node: SeedNode) -> PluginEntry? {
        let keys = ["id", "provider", "description", "permission", "credentials", "tools"]
        guard members(node, of: "a plugin", keys: keys) != nil else { return nil }
        let id = requiredText("id", of: node, "a plugin")
        let name = optionalText("provider", of: node) ?? id.split(separator: "/").last.map(String.init) ?? ""
        guard !id.isEmpty else { return nil }
        guard id.split(separator: "/", omittingEmptySubsequences: false).count == 2,
            let provider = try? ToolProviderID("\(id)/\(name)")
        else {
            let message =
                "a plugin's \"id\" is author/name and \"provider\" one word, of a-z 0-9 _ and - only; not \(id) and \(name)"
            fail(node["id"] ?? node, message)
            return nil
        }
        let credentials = node["credentials"].map { list in
            elements(list, of: "\"credentials\"").compactMap { credential($0, of: provider) }
        }
        let tools = elements(node["tools"], of: "\"tools\"").compactMap { tool($0, of: provider.description) }
        reportTwice(tools.map(\.identity.tool), in: elements(node["tools"], of: "\"tools\""), what: "tool")
        return PluginEntry(
            provider: BuiltinProvider(id: provider.description, credentials: credentials, tools: tools),
            permission: node["permission"].flatMap { permission($0) }, definition: node.json, place: node.place)
    }

    private mutating func tool(_ node: SeedNode, of provider: String) -> CatalogTool? {
        let keys = ["name", "description", "parameters", "reply", "sequence", "then"]
        guard members(node, of: "a tool", keys: keys) != nil else { return nil }
        let name = requiredText("name", of: node, "a tool")
        return CatalogTool(
            identity: ToolIdentity(kind: .builtin, provider: provider, tool: name), providerName: provider,
            nameOrigin: .declared, description: optionalText("description", of: node) ?? "",
            parameters: parameters(of: node, for: .builtin), operation: nil,
            answer: answer(of: node, under: "reply", for: .tool(.builtin)).map(CannedAnswer.items))
    }

    private mutating func credential(_ node: SeedNode, of provider: ToolProviderID) -> ProviderUUID? {
        guard members(node, of: "a credential", keys: ["id", "name", "values", "default"]) != nil else { return nil }
        _ = flag("default", of: node)
        guard let text = optionalText("id", of: node) else {
            return ProviderUUID(seed: 0, "credential", provider.description, optionalText("name", of: node) ?? "")
        }
        let id = ProviderUUID(text)
        if id == nil { fail(node["id"] ?? node, "a credential's \"id\" must be a UUID") }
        return id
    }

    /// What a plugin may call back for, in the words of its manifest (`resource.permission`).
    private mutating func permission(_ node: SeedNode) -> Permission? {
        let parts = ["tool", "model", "node", "app", "storage", "endpoint"]
        guard members(node, of: "\"permission\"", keys: parts) != nil else { return nil }
        let models = ["llm", "text_embedding", "rerank", "tts", "speech2text", "moderation"]
        var enabled: Set<String> = []
        for part in parts {
            guard let child = node[part] else { continue }
            let keys = part == "model" ? models : part == "storage" ? ["size"] : []
            guard members(child, of: "\"\(part)\"", keys: ["enabled"] + keys) != nil, flag("enabled", of: child) else {
                continue
            }
            if part == "model" {
                for model in models where flag(model, of: child) {
                    enabled.insert(model.replacing("_", with: "-"))
                }
            } else {
                enabled.insert(part)
            }
        }
        // The bounds of Dify's manifests.
        let size = node["storage"].flatMap { integer("size", of: $0, in: 1024...1_073_741_824) }
        return Permission(
            enabled: enabled, storageSize: min(size ?? Permission.largestStorage, Permission.largestStorage))
    }

    // MARK: - Workflows

    mutating func workflow(_ node: SeedNode, seed: Int) -> WorkflowEntry? {
        let keys = ["name", "id", "description", "parameters", "reply", "sequence", "then"]
        guard members(node, of: "a workflow", keys: keys) != nil else { return nil }
        let name = requiredText("name", of: node, "a workflow")
        if !name.isEmpty, name.wholeMatch(of: /[a-zA-Z0-9_]+/) == nil {
            fail(node["name"] ?? node, "Dify names workflow tools with a-z A-Z 0-9 and _ only; not \"\(name)\"")
        }
        let id = providerID(of: node, derivedFrom: "workflow", name, seed: seed)
        let tool = CatalogTool(
            identity: ToolIdentity(kind: .workflow, provider: id.description, tool: name), providerName: name,
            nameOrigin: .declared, description: optionalText("description", of: node) ?? "",
            parameters: parameters(of: node, for: .workflow), operation: nil,
            answer: answer(of: node, under: "reply", for: .tool(.workflow)).map(CannedAnswer.items))
        return WorkflowEntry(id: id, tool: tool, definition: node.json.with("id", id.description), place: node.place)
    }

    mutating func providerID(
        of node: SeedNode, derivedFrom kind: String, _ name: String, seed: Int
    ) -> ProviderUUID {
        let derived = ProviderUUID(seed: seed, kind, name)
        guard let text = optionalText("id", of: node) else { return derived }
        guard let id = ProviderUUID(text) else {
            fail(node["id"] ?? node, "\"id\" must be a UUID such as \(derived); not \"\(text)\"")
            return derived
        }
        return id
    }

    // MARK: - APIs

    /// Where an API's document comes from.
    enum DocumentSource {
        /// The seed names a file or holds the document; the closure gets the text of a file.
        case seed(read: (String) -> Result<String, SeedFileError>)
        /// The store holds the text and what was made of it.
        case stored(String, [ToolBundle])
    }

    mutating func api(_ node: SeedNode, seed: Int, document source: DocumentSource) -> APIEntry? {
        guard members(node, of: "an API", keys: ["name", "id", "schema", "credentials", "replies"]) != nil else {
            return nil
        }
        let name = requiredText("name", of: node, "an API")
        let id = providerID(of: node, derivedFrom: "api", name, seed: seed)
        let credentials = credentials(of: node)
        guard let (text, bundles) = document(of: node, from: source) else { return nil }
        let answers = answers(of: node, tools: bundles.map(\.toolName))
        let tools = bundles.map { bundle in
            CatalogTool(
                identity: ToolIdentity(kind: .api, provider: id.description, tool: bundle.toolName),
                providerName: name, nameOrigin: bundle.nameIsGenerated ? .generated : .operationID,
                description: bundle.summary ?? "", parameters: bundle.parameters,
                operation: APIOperation(bundle: bundle, credentials: credentials),
                answer: answers[bundle.toolName].map(CannedAnswer.items))
        }
        return APIEntry(
            provider: APIProvider(id: id, name: name, tools: tools), document: text, bundles: bundles,
            definition: node.json.with("id", id.description).without("schema"), place: node.place)
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
        of node: SeedNode, from source: DocumentSource
    ) -> (text: String, bundles: [ToolBundle])? {
        switch source {
        case .stored(let text, let bundles): return (text, bundles)
        case .seed(let read):
            guard let schema = node["schema"] else {
                fail(node, "an API needs \"schema\": a path beside this file, or the OpenAPI document itself")
                return nil
            }
            guard let (text, tools) = document(schema, read: read) else { return nil }
            if tools.count > 100 {
                fail(
                    schema,
                    "the document has \(tools.count) tools; Dify says \"the number of apis should be less than 100\"")
            }
            return (text, tools)
        }
    }

    private mutating func document(
        _ schema: SeedNode, read: (String) -> Result<String, SeedFileError>
    ) -> (text: String, bundles: [ToolBundle])? {
        var name = "this document"
        do throws(APISchemaError) {
            switch schema.json {
            case .string(let text) where text.contains("\n") || text.hasPrefix("{"):
                return (text, try ImportedAPI(text).tools)
            case .string(let path):
                name = path
                switch read(path) {
                case .success(let text): return (text, try ImportedAPI(text).tools)
                case .failure(let error): fail(schema, error.description)
                }
            case .object:
                // A seed in JSON has no nodes to read; its text means the same to Dify.
                guard let source = schema.source else {
                    let text = schema.json.description
                    return (text, try ImportedAPI(text).tools)
                }
                let (api, text) = try ImportedAPI.inline(source)
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

    // MARK: - Parameters

    private mutating func parameters(of node: SeedNode, for kind: ToolKind) -> [ToolParameter] {
        let nodes = elements(node["parameters"], of: "\"parameters\"")
        let parameters = nodes.compactMap { parameter($0, for: kind) }
        reportTwice(parameters.map(\.name), in: nodes, what: "parameter")
        return parameters
    }

    private mutating func parameter(_ node: SeedNode, for kind: ToolKind) -> ToolParameter? {
        let keys = ["name", "type", "required", "form", "default", "options", "description", "llm_description"]
        guard members(node, of: "a parameter", keys: keys) != nil else { return nil }
        let description = optionalText("description", of: node)
        let options = elements(node["options"], of: "\"options\"").compactMap { option -> String? in
            if case .scalar = option.value { return PythonText.str(option.json) }
            fail(option, "an option is \(option.kind); it must be text")
            return nil
        }
        if let value = node["default"], PythonText.isTruthy(value.json), node["type"]?.json == "select",
            !options.contains(where: { .string($0) == value.json })
        {
            fail(value, "the default \(value.json) is not among the options; every call without a value would fail")
        }
        return ToolParameter(
            name: requiredText("name", of: node, "a parameter"), type: parameterType(of: node, for: kind),
            required: flag("required", of: node), form: word("form", of: node, as: ToolParameter.Form.self) ?? .llm,
            defaultValue: node["default"]?.json ?? .null, options: options, humanDescription: description ?? "",
            llmDescription: optionalText("llm_description", of: node) ?? description)
    }

    /// A tool's words for types, and those of a workflow's start node.
    private mutating func parameterType(of node: SeedNode, for kind: ToolKind) -> ToolParameter.ParameterType {
        guard let child = node["type"], !child.json.isNull else { return .string }
        let startNodeTypes: [String: ToolParameter.ParameterType] = [
            "text-input": .string, "paragraph": .string, "file-list": .files, "json_object": .object,
        ]
        let text = child.json.string ?? ""
        if kind == .workflow, text == "checkbox" { return .boolean }
        if let type = ToolParameter.ParameterType(rawValue: text) ?? startNodeTypes[text] { return type }
        let known = ToolParameter.ParameterType.allCases.map(\.rawValue) + startNodeTypes.keys.sorted()
        fail(child, "there is no parameter type \(child.json.description); known are \(known.joined(separator: ", "))")
        return .string
    }

    mutating func reportTwice(_ names: [String], in nodes: [SeedNode], what: String) {
        var seen: Set<String> = []
        for (name, node) in zip(names, nodes) where !seen.insert(name).inserted {
            fail(node, "the \(what) \"\(name)\" stands here twice")
        }
    }
}

extension JSONValue {
    /// The object with one more text member, or another value for it.
    func with(_ key: String, _ text: String) -> JSONValue {
        guard case .object(var object) = self else { return self }
        object[key] = .string(text)
        return .object(object)
    }

    fileprivate func without(_ key: String) -> JSONValue {
        guard case .object(var object) = self else { return self }
        object[key] = nil
        return .object(object)
    }
}
