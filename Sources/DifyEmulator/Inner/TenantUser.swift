package import DifyProtocol

/// Whose request it is, by the two members that all bodies of the inner API have (`TenantUserPayload`).
package struct TenantUser: Sendable {
    /// Where the call takes place.
    package let workspace: Workspace
    /// The user of the plugin's session; empty for the one of all sessions that name none.
    package let userID: String

    private static let model = PydanticModel(
        name: "TenantUserPayload", fields: [.required("tenant_id", .string), .required("user_id", .string)])

    /// Reads and resolves the two.
    ///
    /// - Parameter body: The request's body; nil when it is no JSON, which counts as an empty object.
    /// - Throws: Dify's refusal of a body that lacks them, or of a tenant that nobody knows.
    package init(in body: JSONValue?, of platform: Platform) throws(Refusal) {
        let given = body ?? .null
        let fields: JSONObject
        do {
            fields = try Self.model.fields(of: PythonText.isTruthy(given) ? given : [:])
        } catch {
            throw .invalidParameter(error.text)
        }
        guard let tenant = fields["tenant_id"]?.string, !tenant.isEmpty else {
            throw .invalidParameter("tenant_id is required")
        }
        let workspace = try platform.workspace(ofTenant: tenant)
        let user = fields["user_id"]?.string ?? ""
        guard user.isEmpty || workspace.profile.has(.endUsersOnly) || workspace.catalog.knows(user: user) else {
            throw .invalidParameter("user not found")
        }
        self.init(workspace: workspace, userID: user)
    }

    fileprivate init(workspace: Workspace, userID: String) {
        self.workspace = workspace
        self.userID = userID
    }
}

extension Catalog {
    /// Whether a user is one of the workspace's, whom old releases also look for among its accounts.
    fileprivate func knows(user: String) -> Bool {
        state.users.contains { $0.id == ProviderUUID(user)?.description || $0.session == user }
    }
}

extension InnerRequest {
    /// Whose request it is, where that stands in a body of its own form; nil for all others.
    package func whose(_ platform: Platform) throws(Refusal) -> TenantUser? {
        guard case .download(let request) = self else { return nil }
        return TenantUser(workspace: try platform.workspace(ofTenant: request.tenantID), userID: request.userID)
    }
}

extension Platform {
    /// The workspace of a tenant.
    ///
    /// - Throws: Dify's refusal. Its database compares ids with nothing but ids.
    fileprivate func workspace(ofTenant id: String) throws(Refusal) -> Workspace {
        guard let uuid = ProviderUUID(id) else { throw .internalServerError }
        guard let workspace = workspace(tenant: uuid.description) else { throw .invalidParameter("tenant not found") }
        return workspace
    }
}
