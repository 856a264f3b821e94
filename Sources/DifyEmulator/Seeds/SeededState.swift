import DifyProtocol

/// An app with its canned answer.
struct InstalledApp: Sendable {
    let app: CatalogApp
    /// nil for an answer that follows from the call.
    let reply: ReplySequence?
    /// What nodes give, by their ids.
    let nodeOutputs: [String: JSONTemplate]

    /// The app as one call runs it: what its nodes give has the call's values filled in.
    func app(filledBy context: TemplateContext) -> CatalogApp {
        guard !nodeOutputs.isEmpty else { return app }
        let nodes = app.nodes.map { node in
            AppNode(
                id: node.id, type: node.type, title: node.title,
                outputs: nodeOutputs[node.id]?.render(context).object ?? node.outputs)
        }
        return CatalogApp(
            id: app.id, name: app.name, mode: app.mode, inputs: app.inputs, parameters: app.parameters, nodes: nodes,
            description: app.description)
    }
}

/// A value that a seed puts into a plugin's storage.
struct StoredValue: Sendable {
    let plugin: String
    /// The key after the daemon's cleaning.
    let key: String
    let bytes: [UInt8]
}

/// A file that a seed puts into a workspace.
struct SeededFile: Sendable {
    /// nil for one that follows from the workspace and the name.
    let id: ProviderUUID?
    let name: String
    let mimeType: String
    /// The session of the user whose file it is; may be empty.
    let user: String
    let content: [UInt8]
    let place: SeedPlace
}

/// A conversation with an app that took place before.
struct SeededConversation: Sendable {
    /// A question and its answer.
    struct Message: Sendable {
        let id: String
        let query: String
        let answer: String
        /// Unix time in seconds.
        let createdAt: Int
    }

    let id: String
    /// The app's id or name, as the seed writes it.
    let app: String
    /// The session of its user; may be empty.
    let user: String
    /// Unix time in seconds.
    let createdAt: Int
    let messages: [Message]
}
