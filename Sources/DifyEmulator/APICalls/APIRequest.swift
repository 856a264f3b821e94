import DifyOpenAPI
public import DifyProtocol

/// The HTTP request that Dify sends for a call of a custom tool.
public struct APIRequest: Sendable {
    /// The method in upper case.
    public let method: String
    /// The address as Dify hands it to its HTTP client: error texts name this one.
    public let url: String
    /// What goes over the line.
    public let wire: WireRequest
    /// Where each argument went and what became of it, in the order of the operation.
    public let placements: [APIPlacement]
}

/// Where an argument of a custom tool went, or a declared parameter that had none.
public struct APIPlacement: Sendable, Hashable {
    /// A part of the request.
    public enum Place: String, Sendable, Hashable, CaseIterable {
        case path, query, header, cookie, body
        /// It is not sent.
        case nowhere
    }

    /// The name of the parameter or the body's property.
    public let name: String
    /// The part of the request that it belongs to.
    public let place: Place
    /// The argument as the caller wrote it; nil when there is none.
    public let given: JSONValue?
    /// The argument after the cast to the parameter's type.
    public let cast: JSONValue?
    /// How it stands in the request: a header's value, a part of the path, a member's JSON, or `name=value` as it is
    /// written in a query, a form or a cookie. Nil when nothing of it is sent.
    public let sent: String?
    /// What may surprise about it.
    public let remark: String?
    /// Where it is declared: a JSON pointer within the operation, or from the root of the document after a `#`. Empty
    /// for an argument that is declared nowhere.
    public let pointer: String
}

/// A call of a custom tool as far as it gets without the network.
package struct APICallPlan: Sendable {
    /// Where each argument goes, also in a call that fails.
    package let placements: [APIPlacement]
    /// The request; nil when the call fails before it is sent.
    package let request: APIRequest?
    /// What the plugin is told when the call fails.
    package let error: String?
}

extension APIOperation {
    /// The request that Dify sends for a call.
    ///
    /// - Parameters:
    ///   - arguments: The arguments after the casts to the parameters' types.
    ///   - given: The arguments as the caller wrote them, for the placements only.
    ///   - profile: The release whose rules apply.
    /// - Throws: ``StreamError`` with the text of what goes wrong before and while the request is sent, short of the
    ///   network itself.
    func request(
        for arguments: JSONObject, given: JSONObject? = nil, profile: Profile
    ) throws(StreamError) -> APIRequest {
        try RequestAssembly(self, arguments: arguments, given: given, profile: profile).request()
    }

    /// What becomes of a call, whether it fails or not. The parameters are those of ``request(for:given:profile:)``.
    package func plan(
        for arguments: JSONObject, given: JSONObject? = nil, profile: Profile = .current
    ) -> APICallPlan {
        let assembly = RequestAssembly(self, arguments: arguments, given: given, profile: profile)
        do throws(StreamError) {
            let request = try assembly.request()
            return APICallPlan(placements: request.placements, request: request, error: nil)
        } catch {
            return APICallPlan(placements: assembly.placements, request: nil, error: error.message)
        }
    }
}
