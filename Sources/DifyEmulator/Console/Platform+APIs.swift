import DifyOpenAPI
import DifyProtocol

/// Custom tools of a workspace, added, changed and removed while it is in use, with Dify's checks and texts.
///
/// What is written here is kept in the store, stands in the export and counts for the very next call.
extension Platform {
    /// Adds a custom tool provider, as Dify's console does.
    ///
    /// ```swift
    /// let id = try platform.addAPI(APIDefinition(name: "petstore", schema: document))
    /// for try await message in platform.session().tool.invokeAPITool(
    ///     provider: id.description, toolName: "listPets", parameters: [:]) { … }
    /// ```
    ///
    /// - Parameter workspace: Where to; nil for the default workspace.
    /// - Returns: The provider's id, by which plugins call it. Dify's console does not tell it.
    /// - Throws: ``Refusal`` with Dify's text (`provider petstore already exists`, `invalid schema: …`, …),
    ///   ``SeedError`` for members of a seed that are wrong, ``StoreError``.
    @discardableResult
    public func addAPI(_ api: APIDefinition, to workspace: Workspace? = nil) throws -> ProviderUUID {
        let workspace = workspace ?? defaultWorkspace
        // Read before the transaction begins: a large document must not keep others from writing.
        let imported = api.importing(by: workspace.catalog.profile)
        return try edit(workspace) { edit in
            let name = PythonText.strip(api.name)
            guard !edit.entries.apis.contains(where: { $0.provider.name == name }) else {
                throw Refusal.invalidParameter("provider \(name) already exists")
            }
            let imported = try imported.get()
            guard imported.tools.count <= APIDefinition.mostTools else {
                throw Refusal.invalidParameter("the number of apis should be less than 100")
            }
            let (seed, profile) = (edit.entries.seed, edit.entries.profile)
            let id = ProviderUUID.free(
                seed: seed, "api", name, taken: Set(edit.entries.apis.map(\.provider.id.description)))
            let credentials = try APICredentials(api.credentials, profile: profile)
            edit.added.apis = [
                try api.entry(id: id, credentials: credentials, imported: imported, seed: seed, profile: profile)
            ]
            return id
        }
    }

    /// Puts another custom tool provider in the place of the one with this name, which keeps its id.
    ///
    /// A credential that is still written as the console shows it (`se********ue`) stays what it is. Scripts about
    /// tools that the provider has no more are dropped, and the log says so.
    ///
    /// - Throws: ``Refusal`` with Dify's text, ``SeedError``, ``StoreError``.
    public func updateAPI(_ name: String, to api: APIDefinition, in workspace: Workspace? = nil) throws {
        let workspace = workspace ?? defaultWorkspace
        let imported = api.importing(by: workspace.catalog.profile)
        try edit(workspace) { edit in
            guard let entry = edit.entries.apis.first(where: { $0.provider.name == name }) else {
                throw Refusal.invalidParameter(
                    edit.entries.profile.has(.unknownOriginal)
                        ? "api provider \(name) does not exist" : "api provider \(api.name) does not exists")
            }
            let imported = try imported.get()
            let credentials = try APICredentials(api.credentials, profile: edit.entries.profile)
                .keeping(entry.provider.credentials)
            let updated = try api.entry(
                id: entry.provider.id, credentials: credentials, imported: imported, seed: edit.entries.seed,
                profile: edit.entries.profile, inPlaceOf: entry.definition.object ?? [:])
            // Dify leaves this to the database, whose complaint shows as an internal error.
            let others = edit.entries.apis.filter { $0.identity != entry.identity }
            guard !others.contains(where: { $0.provider.name == updated.provider.name }) else {
                throw Refusal.internalServerError
            }
            edit.added.apis = [updated]
        }
    }

    /// Removes the custom tool provider with this name, and the scripts about its tools.
    ///
    /// - Throws: ``Refusal`` with Dify's text, ``StoreError``.
    public func removeAPI(_ name: String, from workspace: Workspace? = nil) throws {
        try edit(workspace ?? defaultWorkspace) { edit in
            guard let entry = edit.entries.apis.first(where: { $0.provider.name == name }) else {
                throw Refusal.providerNotAdded(name)
            }
            edit.removed = [RemovedEntry(kind: .api, identity: entry.identity)]
        }
    }
}

extension APIDefinition {
    /// Most tools that a new provider may have. Changing one is not bounded.
    fileprivate static let mostTools = 100

    fileprivate func importing(by profile: Profile) -> Result<ImportedAPI, Refusal> {
        Result { () throws(Refusal) in try imported(by: profile) }
    }
}
