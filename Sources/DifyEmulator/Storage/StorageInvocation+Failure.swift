import DifyProtocol

extension StorageInvocation.Operation {
    /// How the daemon reports that the operation failed. Of a failing `get` it never tells the cause.
    func failure(_ cause: String) -> String {
        switch self {
        case .get: "load data failed, please check if the key is correct or you have not set it"
        case .set: "save data failed: \(cause)"
        case .delete: "delete data failed: \(cause)"
        case .exist: "exist data failed: \(cause)"
        }
    }
}
