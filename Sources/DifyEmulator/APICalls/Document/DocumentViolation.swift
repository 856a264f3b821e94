import DifyProtocol

/// Something in a request that the API would reject by its own document.
public struct DocumentViolation: Sendable, Hashable, CustomStringConvertible {
    /// What of the request it is about: `query parameter limit`, `body /pet/name`.
    public let subject: String
    /// What is wrong with it.
    public let problem: String
    /// What in the document says so: a JSON pointer.
    public let pointer: String

    public var description: String { "\(subject): \(problem) (\(pointer))" }
}

extension APIOperation {
    /// What the API would reject about a request that Dify sends, by the API's own document.
    ///
    /// The request is read back as a server reads it, so values count as they arrive after Dify's conversions.
    func violations(of request: APIRequest) -> [DocumentViolation] {
        let document = OperationDocument(self)
        let sent = SentRequest(request.wire)
        return ParameterCheck.violations(of: sent, bundle: bundle, in: document)
            + BodyCheck.violations(of: sent, in: document)
    }
}
