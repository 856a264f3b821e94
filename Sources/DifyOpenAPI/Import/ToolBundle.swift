public import DifyProtocol

/// One tool that Dify makes of one operation of an API document: its "tool bundle".
public struct ToolBundle: Sendable, Hashable {
    /// The server's address and the path, joined without further ado.
    public let serverURL: String
    /// The HTTP method in lower case.
    public let method: String
    /// The operation's `description` when it has one (even an empty one), else its `summary`.
    public let summary: String?
    /// The name by which the tool is called; nil when the document says `operationId: null`.
    public let operationID: String?
    /// The parameters of the operation and of every content type of its body.
    public let parameters: [ToolParameter]
    /// The operation as Dify stores it: parameter and body references replaced, the generated `operationId` added.
    public let operation: JSONObject
    /// Whether the name comes from the document or was generated from path and method.
    public let nameIsGenerated: Bool

    /// The name by which a plugin calls the tool. Dify calls a tool without a name `default_tool`.
    public var toolName: String {
        guard let operationID, !operationID.isEmpty else { return "default_tool" }
        return operationID
    }

    /// The bundle with the keys that Dify uses.
    public var json: JSONValue {
        [
            "operation_id": operationID.map(JSONValue.string) ?? .null, "method": .string(method),
            "server_url": .string(serverURL), "summary": summary.map(JSONValue.string) ?? .null,
            "parameters": .array(parameters.map(\.json)), "openapi": .object(operation),
        ]
    }

    /// Reads what ``json`` wrote.
    ///
    /// - Parameter nameIsGenerated: Whether Dify made the name up, which the stored form does not tell.
    public init?(json: JSONValue, nameIsGenerated: Bool) {
        guard let method = json["method"]?.string, let serverURL = json["server_url"]?.string,
            let list = json["parameters"]?.array, let operation = json["openapi"]?.object
        else { return nil }
        let parameters = list.compactMap(ToolParameter.init(json:))
        guard parameters.count == list.count else { return nil }
        self.init(
            serverURL: serverURL, method: method, summary: json["summary"]?.string,
            operationID: json["operation_id"]?.string, parameters: parameters,
            operation: operation, nameIsGenerated: nameIsGenerated)
    }

    init(
        serverURL: String, method: String, summary: String?, operationID: String?, parameters: [ToolParameter],
        operation: JSONObject, nameIsGenerated: Bool
    ) {
        self.serverURL = serverURL
        self.method = method
        self.summary = summary
        self.operationID = operationID
        self.parameters = parameters
        self.operation = operation
        self.nameIsGenerated = nameIsGenerated
    }
}
