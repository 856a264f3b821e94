import DifyOpenAPI
import DifyProtocol

/// A response of an API that was made up from its document.
public struct GeneratedResponse: Sendable {
    /// What the body follows from.
    public enum Origin: String, Sendable, Hashable {
        /// An example in the document.
        case example
        /// The schema's default.
        case `default`
        /// The schema: types, formats, lists, bounds and patterns.
        case schema
        /// Nothing: the response has no body.
        case none
    }

    /// The status.
    public let status: Int
    /// The content type; nil without a body.
    public let contentType: String?
    /// The body.
    public let body: String
    /// What the body follows from.
    public let origin: Origin
    /// Where that stands: a JSON pointer into the document.
    public let pointer: String?
    /// What there is to say about it: references that lead nowhere, schemas that nothing satisfies.
    public let notes: [String]

    /// The response as Dify would get it.
    var response: APIResponse {
        APIResponse(status: status, headers: contentType.map { [("Content-Type", $0)] } ?? [], body: body)
    }
}

extension APIOperation {
    /// A response of the API to a call that succeeds, made up from its document.
    ///
    /// Of the first success that the document describes, and of its first content type, it is in this order: the first
    /// example, the schema's default, a value that the schema accepts. The same seed gives the same response.
    ///
    /// - Parameter seed: What ids follow from.
    func generatedResponse(seed: Int) -> GeneratedResponse {
        let document = OperationDocument(self)
        let success = SuccessResponse(of: document)
        guard let type = success.contentType, let media = success.media else {
            return GeneratedResponse(
                status: success.status, contentType: nil, body: "", origin: .none, pointer: success.pointer,
                notes: success.notes)
        }
        let key = "\(seed) \(bundle.method) \(bundle.serverURL)"
        let body = GeneratedBody(of: media, type: type, in: document, key: key)
        return GeneratedResponse(
            status: success.status, contentType: type, body: body.text, origin: body.origin, pointer: body.pointer,
            notes: success.notes + body.notes)
    }
}

extension Workspace {
    /// A response of a custom tool's API, made up from its document as `generate: true` answers with it.
    ///
    /// The workspace's seed number decides about ids.
    ///
    /// - Returns: nil for a tool of another kind, which has no document.
    public func generatedResponse(of tool: CatalogTool) -> GeneratedResponse? {
        tool.operation?.generatedResponse(seed: catalog.seed)
    }
}
