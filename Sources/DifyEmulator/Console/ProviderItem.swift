import DifyProtocol

/// A provider as the console's lists show it (`ToolProviderApiEntity`, `api/core/tools/entities/api_entities.py`).
struct ProviderItem {
    let id: String
    let author: String
    let name: String
    var pluginID: String?
    /// Dify writes an empty text for its own providers and null for what users make.
    var pluginIdentifier: JSONValue = .null
    let description: LocalizedText
    /// `background` and `content`, or an address.
    let icon: JSONValue
    let label: LocalizedText
    let type: ToolKind
    /// Masked.
    var credentials: JSONObject = [:]
    var isAuthorized = true
    var canBeDeleted = true
    var tools: [JSONObject] = []
    var labels: [String] = []
    var workflowAppID: String?

    /// The item of a list.
    var json: JSONValue {
        var members: JSONObject = [
            "id": .string(id), "author": .string(author), "name": .string(name),
            "plugin_id": pluginID.map(JSONValue.string) ?? .null, "plugin_unique_identifier": pluginIdentifier,
            "description": description.itemJSON, "icon": icon, "icon_dark": "", "label": label.itemJSON,
            "type": .string(type.rawValue), "team_credentials": .object(credentials),
            "is_team_authorization": .bool(isAuthorized), "allow_delete": .bool(canBeDeleted),
            "tools": .array(tools.map(Self.listed)), "labels": .array(labels.map(JSONValue.string)),
        ]
        if let workflowAppID { members["workflow_app_id"] = .string(workflowAppID) }
        return .object(members)
    }

    /// The whole model, which only one address gives.
    ///
    /// - Parameter updatedAt: Unix time in seconds.
    func wholeJSON(updatedAt: Int) -> JSONValue {
        [
            "id": .string(id), "author": .string(author), "name": .string(name), "description": description.json,
            "icon": icon, "icon_dark": "", "label": label.json, "type": .string(type.rawValue),
            "masked_credentials": .object(credentials), "original_credentials": [:],
            "is_team_authorization": .bool(isAuthorized), "allow_delete": .bool(canBeDeleted),
            "plugin_id": pluginID.map(JSONValue.string) ?? .null, "plugin_unique_identifier": pluginIdentifier,
            "tools": .array(tools.map(JSONValue.object)), "labels": .array(labels.map(JSONValue.string)),
            "server_url": "", "updated_at": .integer(updatedAt), "server_identifier": "", "masked_headers": .null,
            "original_headers": .null, "authentication": .null, "is_dynamic_registration": true,
            "configuration": .null, "workflow_app_id": workflowAppID.map(JSONValue.string) ?? .null,
        ]
    }

    /// A tool as lists of providers show it: a parameter of system files is one of files, and no schema is left out.
    private static func listed(_ tool: JSONObject) -> JSONValue {
        guard let parameters = tool["parameters"]?.array else { return .object(tool) }
        var tool = tool
        tool["parameters"] = .array(
            parameters.map { parameter in
                guard var members = parameter.object else { return parameter }
                if members["type"]?.string == ToolParameter.ParameterType.systemFiles.rawValue {
                    members["type"] = .string(ToolParameter.ParameterType.files.rawValue)
                }
                if members["input_schema"]?.isNull == true { members["input_schema"] = nil }
                return .object(members)
            })
        return .object(tool)
    }

    /// Items in the order of Dify's lists: by name as its position file says, the rest as they come
    /// (`api/core/tools/builtin_tool/_position.yaml`).
    static func sorted(_ items: [ProviderItem]) -> [ProviderItem] {
        let positions = HardcodedProviders.all.map(\.id)
        let ranked = items.enumerated().map { offset, item in
            (positions.firstIndex(of: item.name) ?? positions.count, offset, item)
        }
        return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { $0.2 }
    }
}
