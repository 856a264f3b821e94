/// One reverse call as it came off the wire: which kind, and its request, not yet checked.
public struct Invocation: Sendable, Hashable {
    /// What is asked for.
    public let type: InvocationType
    /// The request object, in the order in which the plugin sent it.
    public let request: JSONObject

    /// A reverse call.
    public init(type: InvocationType, request: JSONObject) {
        self.type = type
        self.request = request
    }
}
