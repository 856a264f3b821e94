/// Another workflow tool that a run calls for certain.
public struct NestedWorkflow: Sendable, Hashable {
    /// The provider: a UUID, or the name of a workflow of the same seed.
    public let provider: String
    /// What the calling node calls it, which stands in error texts; nil for the called tool's own label.
    public let label: String?

    init(provider: String, label: String? = nil) {
        self.provider = provider
        self.label = label
    }
}
