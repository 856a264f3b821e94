import DifyProtocol

/// The answer to a storage call.
struct StorageAnswer: Sendable, Hashable {
    /// The answer's one event before its end.
    let event: ReplyEvent
    /// What there is to say to the plugin's author.
    let notes: [String]

    /// Whether the operation was carried out.
    var isDone: Bool {
        if case .response = event { true } else { false }
    }

    static func data(_ members: JSONObject) -> StorageAnswer {
        StorageAnswer(event: .response(.object(members)), notes: [])
    }

    static func error(_ text: String, notes: [String] = []) -> StorageAnswer {
        StorageAnswer(event: .error(text), notes: notes)
    }

    static func failure(of operation: StorageInvocation.Operation, _ fault: StorageFault) -> StorageAnswer {
        .error(operation.failure(fault.message), notes: fault.notes)
    }
}
