import DifyEmulator

extension Workspace {
    /// How much the workspace holds, in words.
    var summary: String {
        let others = [(models.count, "model"), (apps.count, "app")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        return (["\(tools.count) tools"] + others).joined(separator: ", ")
    }
}
