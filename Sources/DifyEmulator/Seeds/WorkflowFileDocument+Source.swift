import DifyOpenAPI
import DifyProtocol

extension WorkflowFileDocument {
    /// The workflow of the file, as it is published.
    ///
    /// - Throws: ``SeedMistake`` with Dify's text.
    func source(app: DocumentValue, workflow: DocumentValue) throws(SeedMistake) -> WorkflowSource {
        let graph = workflow["graph"]?.json ?? [:]
        try checkStart(of: graph)
        let definition: WorkflowDefinition
        do throws(Refusal) {
            definition = try WorkflowDefinition(graph: graph, features: workflow["features"]?.json ?? [:])
        } catch {
            throw mistake(at: pathToUnreadable(in: graph), error.message)
        }
        var source = WorkflowSource(place: place(["workflow"]))
        source.label = app["name"]?.text
        source.description = app["description"]?.text
        source.icon = icon(of: app)
        source.humanInputPlace = place(path(toType: "human-input", in: graph))
        source.definition = definition
        source.definition.variables = []
        let start = path(toType: "start", in: graph).dropLast()
        for (index, variable) in definition.variables.enumerated() {
            source.add(variable, place: place(start + ["variables", .index(index)]))
        }
        return source
    }

    /// What the console suggests for a tool: the app's icon, when it is a letter of the picture kind.
    private func icon(of app: DocumentValue) -> JSONObject? {
        guard let content = app["icon"]?.text, !content.isEmpty, (app["icon_type"]?.text ?? "emoji") == "emoji" else {
            return nil
        }
        return ["background": .string(app["icon_background"]?.text ?? "#FFFFFF"), "content": .string(content)]
    }

    /// Dify runs a workflow by hand or by a trigger, not both (`validate_graph_structure`).
    private func checkStart(of graph: JSONValue) throws(SeedMistake) {
        let types = (graph["nodes"]?.array ?? []).map { $0["data"]?["type"]?.string ?? "" }
        guard types.contains("start"), let trigger = types.first(where: { $0.hasPrefix("trigger-") }) else { return }
        throw mistake(
            at: path(toType: trigger, in: graph), "Start node and trigger nodes cannot coexist in the same workflow")
    }

    /// Where the type of the first node of this type stands.
    private func path(toType type: String, in graph: JSONValue) -> [Step] {
        let index = graph["nodes"]?.array?.firstIndex { $0["data"]?["type"]?.string == type }
        return ["workflow", "graph", "nodes"] + (index.map { [.index($0), "data", "type"] } ?? [])
    }

    /// Where the first part stands that Dify cannot read.
    private func pathToUnreadable(in graph: JSONValue) -> [Step] {
        let path: [Step] = ["workflow", "graph", "nodes"]
        let nodes = graph["nodes"]?.array ?? []
        for (index, node) in nodes.enumerated() {
            let data = path + [.index(index), "data"]
            if node["data"]?.object == nil { return data }
            let (key, isReadable) = Self.parts(ofType: node["data"]?["type"]?.string)
            let parts = node["data"]?[key]?.array ?? []
            if let part = parts.firstIndex(where: { !isReadable($0) }) { return data + [.key(key), .index(part)] }
        }
        return path
    }

    /// Under which key a node's parts stand, and whether Dify can read one of them.
    private static func parts(ofType type: String?) -> (key: String, isReadable: (JSONValue) -> Bool) {
        switch type {
        case "start": ("variables", { (try? AppInput(variable: $0)) != nil })
        case "end": ("outputs", { (try? WorkflowOutput(entity: $0)) != nil })
        default: ("", { _ in true })
        }
    }
}
