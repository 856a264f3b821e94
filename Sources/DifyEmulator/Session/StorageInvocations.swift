import DifyProtocol

/// What the plugin keeps in the workspace, named as in the SDK (`session.storage`).
///
/// All versions, users and apps of a plugin share one storage in a workspace. What ``set(_:_:)`` wrote is on disk when
/// it returns.
public struct StorageInvocations: Sendable {
    let session: Session

    /// Keeps a value.
    ///
    /// - Parameters:
    ///   - key: At most 256 bytes, and no path that leaves the storage.
    ///   - value: The value; empty is a value, too.
    /// - Throws: ``InvocationError``.
    public func set(_ key: String, _ value: some Collection<UInt8>) async throws {
        let call = StorageInvocation(operation: .set, key: key, value: HexText.encode(value))
        // As the SDK does, takes an answer without any response for a success.
        var answers = answers(to: call).makeAsyncIterator()
        if let answer = try await answers.next() { try Self.requireDone(answer) }
    }

    /// The value under a key.
    ///
    /// - Throws: ``InvocationError``, also for a key that is not set.
    public func get(_ key: String) async throws -> [UInt8] {
        let answer = try await answers(to: StorageInvocation(operation: .get, key: key)).first(orThrow: Self.noData)
        guard let bytes = answer.string.flatMap({ try? HexText.decode($0) }) else {
            throw InvocationError(message: "Non-hexadecimal digit found")
        }
        return bytes
    }

    /// Removes a value.
    ///
    /// - Throws: ``InvocationError``, also for a key that is not set.
    public func delete(_ key: String) async throws {
        let call = StorageInvocation(operation: .delete, key: key)
        try Self.requireDone(try await answers(to: call).first(orThrow: Self.noData))
    }

    /// Whether there is a value under a key.
    ///
    /// - Throws: ``InvocationError``.
    public func exist(_ key: String) async throws -> Bool {
        let answer = try await answers(to: StorageInvocation(operation: .exist, key: key)).first(orThrow: Self.noData)
        return PythonText.isTruthy(answer)
    }

    private static let noData = "no data found"

    /// What the answers hold under `data`.
    private func answers(to call: StorageInvocation) -> Responses<JSONValue> {
        session.responses(to: call.invocation) { $0["data"] }
    }

    private static func requireDone(_ answer: JSONValue) throws {
        guard answer == "ok" else {
            throw InvocationError(message: "unexpected data: \(PythonText.str(answer))")
        }
    }
}
