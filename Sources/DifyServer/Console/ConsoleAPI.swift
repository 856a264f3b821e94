import DifyEmulator
import DifyProtocol
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// `/console/api/…`: Dify's console for its scripts, with Dify's bodies, checks and messages.
///
/// The bare address means the default workspace, `/w/NAME/console/api/…` the workspace NAME.
struct ConsoleAPI: Sendable {
    let platform: Platform
    let signIn: ConsoleSignIn
    let logger: Logger
    /// Largest body that is read, in bytes.
    let maximumBodySize: Int

    /// Takes all that stands below the console's address.
    func add(to router: Router<BasicRequestContext>) {
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        for prefix in ["", "/w/:workspace"] {
            for method in methods {
                router.on("\(prefix)/console/api/**", method: method) { request, context in
                    await respond(to: request, workspaceName: context.parameters.get("workspace"))
                }
            }
        }
    }

    private func respond(to request: Request, workspaceName: String?) async -> Response {
        // As it came: encoded, so that nobody can forge a line of the log.
        let call = "console \(request.method) \(request.uri.path)"
        do {
            let response = try await answer(request, path: Self.path(of: request), workspaceName: workspaceName)
            logger.log(level: request.method == .get ? .debug : .info, "\(call) -> \(response.status.code)")
            return response
        } catch {
            let refusal = Self.refusal(error)
            logger.warning("\(call) -> \(refusal.status) \(PythonText.repr(String(refusal.message.prefix(500))))")
            return ConsoleResponse.refused(refusal)
        }
    }

    private func answer(_ request: Request, path: String, workspaceName: String?) async throws -> Response {
        let routes = ConsoleRoute.all(at: path)
        guard !routes.isEmpty else { return FileResponse.unknownAddress }
        let allowed = routes.map(\.method) + [.options] + (routes.contains { $0.method == .get } ? [.head] : [])
        if request.method == .options { return ConsoleResponse.options(allowed) }
        let wanted = request.method == .head ? .get : request.method
        guard let route = routes.first(where: { $0.method == wanted }) else {
            return ConsoleResponse.methodNotAllowed(allowed)
        }
        // Before anything is looked at: strangers make no workspaces here.
        if route.needsAccount { try signIn.check(request.headers) }
        let call = ConsoleCall(
            console: DifyConsole(platform, workspace: try workspace(named: workspaceName)), signIn: signIn,
            query: DifyConsole.query(request.uri.query ?? ""), headers: request.headers,
            body: route.method == .post ? try await body(of: request) : nil)
        let response = try await route.answer(call)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func body(of request: Request) async throws -> ConsoleBody {
        var request = request
        do {
            let bytes = try await request.collectBody(upTo: maximumBodySize)
            return ConsoleBody(bytes: Array(bytes.readableBytesView), type: request.headers[.contentType] ?? "")
        } catch is NIOTooManyBytesError {
            throw Refusal(
                status: 413, code: "request_entity_too_large",
                message: "The data value transmitted exceeds the capacity limit.")
        }
    }

    private func workspace(named name: String?) throws -> Workspace {
        guard let name else { return platform.defaultWorkspace }
        return try platform.workspace(named: name.removingPercentEncoding ?? name)
    }

    /// What stands behind `/console/api/`, decoded: a slash within a provider's id may be written `%2F`.
    private static func path(of request: Request) -> String {
        let path = request.uri.path.firstRange(of: "/console/api/").map { request.uri.path[$0.upperBound...] } ?? ""
        return path.removingPercentEncoding ?? String(path)
    }

    /// What Dify says, and what it would not: mistakes in a seed's members, a store that cannot be written.
    private static func refusal(_ error: any Error) -> Refusal {
        switch error {
        case let refusal as Refusal: refusal
        case let error as SeedError: .invalidParameter("dify-emulator: \(error)")
        case let error as StoreError: Refusal(status: 500, code: "unknown", message: "dify-emulator: \(error)")
        default: .internalServerError
        }
    }
}
