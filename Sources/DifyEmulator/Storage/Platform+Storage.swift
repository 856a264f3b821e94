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
            let fault = StorageFault("\(error)", notes: ["the store cannot be used: \(error)"])
            return .failure(of: call.operation, fault)
        }
        guard answer.isDone else { return answer }
        switch call.operation {
        case .get: loaded.insert(call.key, of: plugin, now: now)
        case .set: loaded.remove(call.key, of: plugin, now: now)
        case .delete, .exist: break
        }
        return answer
    }
}
