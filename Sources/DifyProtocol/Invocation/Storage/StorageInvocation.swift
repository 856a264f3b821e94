/// A checked reverse call of the plugin's storage, which the daemon answers by itself.
public struct StorageInvocation: Sendable, Hashable {
    /// What to do.
    public enum Operation: String, Sendable, Hashable, CaseIterable {
        case get
        case set
        case delete = "del"
        case exist
    }

    /// What to do.
    public let operation: Operation
    /// Under which key.
    public let key: String
    /// The value to keep, in hexadecimal digits as sent; empty for an empty value and for other operations.
    public let value: String

    /// A call of the storage.
    public init(operation: Operation, key: String, value: String = "") {
        self.operation = operation
        self.key = key
        self.value = value
    }

    /// Reads and checks the request of a `storage` call.
    ///
    /// - Throws: ``InvalidRequest`` with the daemon's own text.
    public init(request: JSONObject) throws(InvalidRequest) {
        self = try RequestFields.decode(request, as: "InvokeStorageRequest", Self.init(reading:))
    }

    private init(reading fields: RequestFields) {
        let operations = Operation.allCases.map(\.rawValue)
        let word = fields.text(
            "opt", as: "Opt", .required, .oneOf(operations, tag: "storage_opt"), type: "dify_invocation.StorageOpt")
        // Any other word has just been refused.
        operation = Operation(rawValue: word) ?? .get
        key = fields.text("key", as: "Key", .required)
        value = fields.text("value")
    }

    /// The call as the SDK sends it.
    public var invocation: Invocation {
        var request: JSONObject = ["opt": .string(operation.rawValue), "key": .string(key)]
        if operation == .set { request["value"] = .string(value) }
        return Invocation(type: .storage, request: request)
    }
}
