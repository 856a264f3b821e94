import DifyProtocol
import Foundation

extension Platform {
    /// Answers a storage call. What it writes is on disk when it returns.
    ///
    /// - Parameter plugin: Whose storage is meant, `author/name`.
    func answer(_ call: StorageInvocation, of plugin: String, in workspace: Workspace) -> StorageAnswer {
        let catalog = workspace.catalog
        let now = Int(options.clock.now.timeIntervalSince1970)
        let rules = StorageRules(
            folder: StorageRules.folder(of: plugin, tenantID: workspace.tenantID.description),
            limit: min(catalog.permission(of: plugin).storageSize, Permission.largestStorage),
            writesOverLimit: options.quirks == .dify)
        let place = StoragePlace(
            workspace: workspace.name, base: defaultWorkspace.name, plugin: plugin,
            seeded: catalog.state.storage[plugin] ?? [:])
        let loaded = workspace.loadedKeys
        // The daemon's cache lets go of a value before its file is looked for.
        let wasLoaded = call.operation == .delete && loaded.remove(call.key, of: plugin, now: now)
        let answer: StorageAnswer
        do {
            answer = try store.answer(call, isLoaded: wasLoaded, at: place, by: rules)
        } catch {
            return .error(Self.failure(of: call.operation, "\(error)"), notes: ["the store cannot be used: \(error)"])
        }
        guard answer.isDone else { return answer }
        switch call.operation {
        case .get: loaded.insert(call.key, of: plugin, now: now)
        case .set: loaded.remove(call.key, of: plugin, now: now)
        case .delete, .exist: break
        }
        return answer
    }

    /// How a failure of the storage itself reaches the plugin.
    private static func failure(of operation: StorageInvocation.Operation, _ cause: String) -> String {
        switch operation {
        case .get: "load data failed, please check if the key is correct or you have not set it"
        case .set: "save data failed: \(cause)"
        case .delete: "delete data failed: \(cause)"
        case .exist: "exist data failed: \(cause)"
        }
    }
}
