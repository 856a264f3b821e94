import DifyProtocol

/// The nodes of a run, one after the other: what the seed names, with a beginning and an end.
struct NodePlan: Sendable {
    /// From the start to the answer or the end.
    let nodes: [AppNode]
    /// Which of them writes the answer's text, and fails when the run does: the last model, else the last node between
    /// start and end.
    let speaker: Int
    /// The last node that answers or ends.
    let terminal: Int

    init(_ app: CatalogApp) {
        var nodes = app.nodes.isEmpty ? [Self.node("llm", titled: "LLM", among: [])] : app.nodes
        let last = app.mode == .advancedChat ? "answer" : "end"
        if !nodes.contains(where: { $0.type == "start" }) {
            nodes.insert(Self.node("start", titled: "Start", among: nodes), at: 0)
        }
        if !nodes.contains(where: { $0.type == last }) {
            nodes.append(Self.node(last, titled: last == "end" ? "End" : "Answer", among: nodes))
        }
        let ends: Set = ["start", "end", "answer"]
        self.nodes = nodes
        terminal = nodes.lastIndex { $0.type == last } ?? nodes.count - 1
        let between = nodes.lastIndex { !ends.contains($0.type) && !$0.isContainer }
        speaker = nodes.lastIndex(where: \.isModel) ?? between ?? terminal
    }

    /// Whether the text streams as a model writes it.
    var hasModel: Bool { nodes[speaker].isModel }

    /// Which variable the chunks of the answer's text are: the model's text, or the answer's own.
    var selector: JSONValue {
        hasModel
            ? [.string(nodes[speaker].id), "text"] : [.string(nodes[terminal].id), "answer"]
    }

    /// The node from which an output of a workflow comes: the last that names it, else the one that speaks.
    func source(of output: String) -> AppNode {
        nodes.last { $0.type != "end" && $0.outputs[output] != nil } ?? nodes[speaker]
    }

    /// A node called as its type is, with digits where the name is taken.
    private static func node(_ type: String, titled title: String, among others: [AppNode]) -> AppNode {
        var id = type
        var number = 1
        while others.contains(where: { $0.id == id }) {
            id = "\(type)\(number)"
            number += 1
        }
        return AppNode(id: id, type: type, title: title, outputs: [:])
    }
}
