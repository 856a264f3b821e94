public import DifyProtocol

extension ToolBundle {
    /// The bundle as Dify stores it and its console shows it: every key of its `ApiToolBundle`, in order.
    ///
    /// The author, the icon and the output schema are the same for all: the importer never fills them in.
    public var entity: JSONValue {
        [
            "server_url": .string(serverURL), "method": .string(method),
            "summary": summary.map(JSONValue.string) ?? .null,
            "operation_id": operationID.map(JSONValue.string) ?? .null, "parameters": .array(parameterEntities),
            "author": "", "icon": .null, "openapi": .object(operation), "output_schema": [:],
        ]
    }

    /// The parameters as Dify dumps them. An empty field shows the description.
    public var parameterEntities: [JSONValue] { parameters.map { $0.entity(placeholder: $0.humanDescription) } }
}
