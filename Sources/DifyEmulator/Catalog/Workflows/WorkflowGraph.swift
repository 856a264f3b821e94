import DifyProtocol

/// The graph of a workflow: nodes and what connects them.
struct WorkflowGraph {
    /// A node, as far as tools need it.
    struct Node {
        let id: String
        /// Dify's name of its type; empty for a remark on the canvas.
        let type: String
        let data: JSONObject
    }

    /// The nodes, in the order of the document.
    let all: [Node]
    private let edges: [JSONValue]

    /// - Throws: ``Refusal`` with the text of Python's error for nodes that are none.
    init(_ graph: JSONValue) throws(Refusal) {
        let nodes = graph["nodes"] ?? []
        guard let list = nodes.array else { throw Self.notIterable(nodes) }
        var all: [Node] = []
        for node in list {
            guard let members = node.object else { throw Self.hasNoGet(node) }
            let data = members["data"] ?? [:]
            guard let object = data.object else { throw Self.hasNoGet(data) }
            all.append(
                Node(id: members["id"]?.string ?? "", type: object["type"]?.string ?? "", data: object))
        }
        self.all = all
        edges = graph["edges"]?.array ?? []
    }

    fileprivate static func notIterable(_ value: JSONValue) -> Refusal {
        .invalidParameter("'\(PythonText.typeName(value))' object is not iterable")
    }

    private static func hasNoGet(_ value: JSONValue) -> Refusal {
        .invalidParameter("'\(PythonText.typeName(value))' object has no attribute 'get'")
    }
}

extension WorkflowGraph.Node {
    /// A list in the node's data; empty when absent.
    func list(_ key: String) throws(Refusal) -> [JSONValue] {
        let value = data[key] ?? []
        guard let list = value.array else { throw WorkflowGraph.notIterable(value) }
        return list
    }
}

// MARK: - Calls of other workflow tools

extension WorkflowGraph {
    /// The workflow tools that every run calls: those of tool nodes to which a path leads that never branches.
    ///
    /// What lies behind a condition, a classification, an error branch, or inside a loop may be skipped. A node that
    /// goes on after errors hides a failing call as well.
    var certainCalls: [NestedWorkflow] {
        let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var targets: [String: [String]] = [:]
        for edge in edges where edge["sourceHandle"]?.string ?? "source" == "source" {
            guard let source = edge["source"]?.string, let target = edge["target"]?.string else { continue }
            targets[source, default: []].append(target)
        }
        var reached = all.first { $0.type == "start" }.map { [$0.id] } ?? []
        var seen = Set(reached)
        var next = 0
        while next < reached.count {
            let id = reached[next]
            next += 1
            guard byID[id]?.data["error_strategy"] != "fail-branch" else { continue }
            for target in targets[id] ?? [] where seen.insert(target).inserted { reached.append(target) }
        }
        return reached.compactMap { byID[$0]?.nestedWorkflow }
    }
}

extension WorkflowGraph.Node {
    fileprivate var nestedWorkflow: NestedWorkflow? {
        guard type == "tool", data["provider_type"] == "workflow", let provider = data["provider_id"]?.string else {
            return nil
        }
        guard data["error_strategy"]?.isNull ?? true else { return nil }
        return NestedWorkflow(provider: provider, label: data["provider_name"]?.string)
    }
}
