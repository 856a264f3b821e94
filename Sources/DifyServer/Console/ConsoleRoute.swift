import DifyEmulator
import DifyProtocol
import HTTPTypes
import Hummingbird

/// An address of the console and what it answers.
struct ConsoleRoute: Sendable {
    let method: HTTPRequest.Method
    /// Whether one must be signed in.
    var needsAccount = true
    let answer: @Sendable (ConsoleCall) async throws -> Response

    /// The routes at a path below `/console/api/`, one a method.
    static func all(at path: String) -> [ConsoleRoute] {
        if let routes = table[path] { return routes }
        let prefix = "workspaces/current/tool-provider/builtin/"
        return path.hasPrefix(prefix) ? builtin(path.dropFirst(prefix.count)) : []
    }

    // MARK: - Making routes

    /// An answer to `GET` in JSON.
    private static func get(_ answer: @escaping @Sendable (ConsoleCall) throws -> JSONValue) -> ConsoleRoute {
        ConsoleRoute(method: .get) { call in ConsoleResponse.json(try answer(call)) }
    }

    /// An answer to `POST` in JSON.
    private static func post(
        _ answer: @escaping @Sendable (ConsoleCall) async throws -> JSONValue
    ) -> ConsoleRoute {
        ConsoleRoute(method: .post) { call in ConsoleResponse.json(try await answer(call)) }
    }

    private static func open(
        _ method: HTTPRequest.Method, _ answer: @escaping @Sendable (ConsoleCall) async throws -> Response
    ) -> ConsoleRoute {
        ConsoleRoute(method: method, needsAccount: false, answer: answer)
    }

    // MARK: - The addresses

    private static let table: [String: [ConsoleRoute]] = [
        "login": [open(.post) { try $0.login() }],
        "refresh-token": [open(.post) { try $0.refresh() }],
        // Until 1.10 one signed out with GET.
        "logout": [open(.post) { $0.logout() }, open(.get) { $0.logout() }],
        "account/profile": [get { $0.console.accountProfile() }],
        "workspaces": [get { $0.console.workspaces() }],
        // GET until 1.9, POST since 1.10.
        "workspaces/current": [post { $0.console.workspaceInfo() }, get { $0.console.workspaceInfo() }],
        "workspaces/current/tool-providers": [get { try $0.console.providers(query: $0.query) }],
        "workspaces/current/tool-labels": [get { $0.console.toolLabels() }],
        "workspaces/current/tools/builtin": [get { try $0.console.builtinTools() }],
        "workspaces/current/tools/api": [get { $0.console.apiTools() }],
        "workspaces/current/tools/workflow": [get { $0.console.workflowToolList() }],
        "workspaces/current/tools/mcp": [get { $0.console.mcpTools() }],
        "workspaces/current/plugin/icon": [open(.get) { _ in ConsoleResponse.svg(ConsoleIcon.picture) }],
    ].merging(apis, uniquingKeysWith: { $1 }).merging(workflows, uniquingKeysWith: { $1 })

    private static let apis: [String: [ConsoleRoute]] = below(
        "workspaces/current/tool-provider/api/",
        [
            "schema": post { try $0.console.apiSchema(payload: $0.payload, environment: $0.environment) },
            "test/pre": post { try await $0.console.testAPI(payload: $0.payload, environment: $0.environment) },
            "add": post { try $0.console.addAPI(payload: $0.payload, environment: $0.environment) },
            "update": post { try $0.console.updateAPI(payload: $0.payload, environment: $0.environment) },
            "delete": post { try $0.console.deleteAPI(payload: $0.payload) },
            "get": get { try $0.console.api(query: $0.query) },
            "tools": get { try $0.console.apiTools(query: $0.query) },
            "remote": ConsoleRoute(method: .get) { call in
                ConsoleResponse.json(
                    try await call.console.remoteSchema(query: call.query, environment: call.environment))
            },
        ])

    private static let workflows: [String: [ConsoleRoute]] = below(
        "workspaces/current/tool-provider/workflow/",
        [
            "create": post { try $0.console.createWorkflowTool(payload: $0.payload) },
            "update": post { try $0.console.updateWorkflowTool(payload: $0.payload) },
            "delete": post { try $0.console.deleteWorkflowTool(payload: $0.payload) },
            "get": get { try $0.console.workflowTool(query: $0.query) },
            "tools": get { try $0.console.workflowToolItems(query: $0.query) },
        ])

    private static func below(
        _ prefix: String, _ routes: KeyValuePairs<String, ConsoleRoute>
    ) -> [String: [ConsoleRoute]] {
        Dictionary(routes.map { (prefix + $0.key, [$0.value]) }, uniquingKeysWith: { $1 })
    }

    // MARK: - One builtin provider

    /// `<provider>/…`, where the provider may hold slashes.
    private static func builtin(_ path: Substring) -> [ConsoleRoute] {
        if let range = path.ranges(of: "/credential/schema/").last, range.lowerBound > path.startIndex {
            let (provider, type) = (String(path[..<range.lowerBound]), String(path[range.upperBound...]))
            return type.isEmpty ? [] : [get { try $0.console.credentialSchema(of: provider, type: type) }]
        }
        // The longer ending first: one is the end of another.
        for (ending, route) in builtinEndings where path.hasSuffix("/\(ending)") {
            let provider = String(path.dropLast(ending.count + 1))
            return provider.isEmpty ? [] : [route(provider)]
        }
        return []
    }

    private static let builtinEndings: KeyValuePairs<String, @Sendable (String) -> ConsoleRoute> = [
        "credential/info": { provider in get { try $0.console.credentialInfo(of: provider) } },
        "default-credential": { provider in
            post { try $0.console.setDefaultCredential(of: provider, payload: $0.payload) }
        },
        "tools": { provider in get { try $0.console.builtinTools(of: provider) } },
        "info": { provider in get { try $0.console.builtinInfo(of: provider) } },
        "credentials": { provider in get { try $0.console.credentials(of: provider) } },
        "add": { provider in post { try $0.console.addCredential(to: provider, payload: $0.payload) } },
        "update": { provider in post { try $0.console.updateCredential(of: provider, payload: $0.payload) } },
        "delete": { provider in post { try $0.console.deleteCredential(of: provider, payload: $0.payload) } },
        "icon": { provider in
            open(.get) { ConsoleResponse.svg(try $0.console.builtinIcon(of: provider)) }
        },
    ]
}
