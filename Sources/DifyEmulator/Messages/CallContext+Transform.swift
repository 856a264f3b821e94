import DifyProtocol

extension CallContext {
    /// What files become, kept in this call's workspace.
    var transform: MessageTransform {
        MessageTransform(profile: profile) { file throws(MessageError) in
            do {
                return try platform.keep(file, in: self)
            } catch {
                throw MessageError("dify-emulator: \(error)")
            }
        }
    }
}
