import DifyProtocol

/// What Dify's daemon does with a storage call.
///
/// The texts are those of `executeDifyInvocationStorageTask` (`backwards_invocation/task.go`), of `persistence.go`, and
/// of the operating system: unless told otherwise Dify keeps values as files.
struct StorageRules {
    /// The folder of the plugin's values, as it stands in error texts.
    let folder: String
    /// How many bytes the plugin may store.
    let limit: Int
    /// Whether a value over the limit is written before it is refused, as the daemon does.
    let writesOverLimit: Bool

    /// The folder of a plugin's values where Dify is installed by its own compose file.
    static func folder(of plugin: String, tenantID: String) -> String {
        "/app/storage/persistence/\(tenantID)/\(plugin)"
    }

    /// Carries a call out.
    ///
    /// - Parameter isLoaded: Whether the daemon has the value in its cache, which `deleted_num` counts.
    /// - Throws: What the values throw. What the daemon refuses is an answer.
    func answer(
        _ call: StorageInvocation, isLoaded: Bool, in values: inout some PluginValues
    ) throws -> StorageAnswer {
        switch call.operation {
        case .get: try load(call.key, in: values)
        case .set: try save(call.value, under: call.key, in: &values)
        case .delete: try delete(call.key, isLoaded: isLoaded, in: &values)
        case .exist: try exists(call.key, in: values)
        }
    }

    // MARK: - Operations

    private func load(_ text: String, in values: some PluginValues) throws -> StorageAnswer {
        let key: StorageKey
        do {
            key = try StorageKey(text)
        } catch {
            return .failure(of: .get, StorageFault(error.message, notes: ["the key is refused: \(error.message)"]))
        }
        guard let value = try values.value(at: key.path) else {
            let note = "there is no value under this key; `exist` asks without an exception"
            return .failure(of: .get, StorageFault("no such file or directory", notes: [note]))
        }
        return .data(["data": .string(HexText.encode(value))])
    }

    private func save(
        _ hex: String, under text: String, in values: inout some PluginValues
    ) throws -> StorageAnswer {
        let value: [UInt8]
        do {
            value = try HexText.decode(hex)
        } catch {
            return .error("decode data failed: \(error.message)")
        }
        do {
            try keep(value, under: StorageKey(text, checksLength: true), in: &values)
            return .data(["data": "ok"])
        } catch let fault as StorageFault {
            return .failure(of: .set, fault)
        }
    }

    private func delete(
        _ text: String, isLoaded: Bool, in values: inout some PluginValues
    ) throws -> StorageAnswer {
        do {
            try remove(StorageKey(text), in: &values)
            return .data(["data": "ok", "deleted_num": .integer(isLoaded ? 1 : 0)])
        } catch let fault as StorageFault {
            return .failure(of: .delete, fault)
        }
    }

    private func exists(_ text: String, in values: some PluginValues) throws -> StorageAnswer {
        do {
            let path = try StorageKey(text).path
            let isThere = try values.size(at: path) != nil || values.hasValues(below: path)
            return .data(["data": .bool(isThere), "exist_num": .integer(isThere ? 1 : 0)])
        } catch let fault as StorageFault {
            return .failure(of: .exist, fault)
        }
    }

    // MARK: - Values as files

    private func keep(_ value: [UInt8], under key: StorageKey, in values: inout some PluginValues) throws {
        if let parent = try key.parents.first(where: { try values.size(at: $0) != nil }) {
            throw StorageFault("mkdir \(place(parent)): not a directory", notes: [Self.noteOnFiles])
        }
        try requireNoNull(in: key, "open")
        if try values.hasValues(below: key.path) {
            throw StorageFault("open \(place(key.path)): is a directory", notes: [Self.noteOnFiles])
        }
        let used = try values.usedBytes()
        let growth = try value.count - (values.size(at: key.path) ?? 0)
        guard used + growth <= limit else {
            if writesOverLimit { try values.keep(value, at: key.path, counts: false) }
            throw StorageFault(
                "allocated size is greater than max storage size",
                notes: [
                    "the plugin stores \(used) of its \(limit) bytes, and this value would add \(growth)",
                    Quirk.overQuota.note(writesOverLimit ? .dify : .useful),
                ])
        }
        try values.keep(value, at: key.path, counts: true)
    }

    private func remove(_ key: StorageKey, in values: inout some PluginValues) throws {
        try requireNoNull(in: key, "stat")
        if try values.size(at: key.path) != nil {
            try values.remove(at: key.path)
        } else if try values.hasValues(below: key.path) {
            try values.removeValues(below: key.path)
        } else {
            let isBelowValue = try key.parents.contains { try values.size(at: $0) != nil }
            throw StorageFault(
                "stat \(place(key.path)): \(isBelowValue ? "not a directory" : "no such file or directory")",
                notes: ["there is no value under this key, which Dify takes for an error; `exist` asks without one"])
        }
    }

    /// No file's name holds a null character.
    private func requireNoNull(in key: StorageKey, _ operation: String) throws(StorageFault) {
        guard key.path.utf8.contains(0) else { return }
        throw StorageFault("\(operation) \(place(key.path)): invalid argument")
    }

    private func place(_ path: String) -> String { path.isEmpty ? folder : "\(folder)/\(path)" }

    private static let noteOnFiles =
        "Dify keeps values as files: where a value lies under \"a\" none can lie under \"a/b\", nor the other way round"
}
