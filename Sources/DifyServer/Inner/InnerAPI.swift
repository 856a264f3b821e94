import DifyEmulator
import DifyProtocol
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `/inner/api/…`: what Dify's plugin daemon asks its platform, so that a real daemon can use the emulator as its Dify.
struct InnerAPI: Sendable {
    let platform: Platform
    let log: CallLog
    /// What the header `X-Inner-Api-Key` must hold.
    let key: String
    /// Largest body of a plugin's own request, in bytes.
    let maximumBodySize: Int

    /// How much longer the daemon can make it: it writes `<` in six characters.
    private static let growth = 6
    private static let prefix = "/inner/api/"

    /// Registers every address below the prefix: also those that Dify lacks are answered in Dify's way.
    func add(to router: Router<BasicRequestContext>) {
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace]
        for method in methods {
            router.on("\(Self.prefix)**", method: method) { request, _ in
                let response = try await answer(request)
                return method == .head ? response.createHeadResponse() : response
            }
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        let path = request.uri.path
        guard let route = InnerRoute(rawValue: String(path.dropFirst(Self.prefix.count))) else {
            return unknownAddress(path)
        }
        var profile = platform.defaultWorkspace.profile
        guard request.method == .post else {
            return exists(route, in: profile) ? refuse(.methodNotAllowed, route, profile) : unknownAddress(path)
        }
        var request = request
        let body: JSONValue?
        do {
            let bytes = try await request.collectBody(upTo: maximumBodySize * Self.growth)
            body = Self.isJSON(request) ? try? JSONParser.parse(utf8: bytes.readableBytesView) : nil
        } catch is NIOTooManyBytesError {
            return refuse(.requestTooLarge, route, profile)
        } catch {
            log.badRequest("the connection closed in the middle of a request of the inner API")
            throw error
        }
        let whose = Result { () throws(Refusal) in try TenantUser(in: body, of: platform) }
        profile = (try? whose.get())?.workspace.profile ?? profile
        guard exists(route, in: profile) else { return unknownAddress(path) }
        do throws(Refusal) {
            let asked = try admitted(body, of: whose, request, route, profile)
            let own = try asked.whose(platform)
            let whose = if let own { own } else { try whose.get() }
            let answer = platform.answer(asked, in: whose.workspace, user: whose.userID)
            return InnerAnswer(answer, to: route, in: whose.workspace, log: log).response(to: request)
        } catch {
            return refuse(error, route, profile)
        }
    }

    private func exists(_ route: InnerRoute, in profile: Profile) -> Bool {
        route.exists(in: profile, quirks: platform.options.quirks)
    }

    /// Whether a body says that it is JSON. Another one is none to Dify's framework.
    private static func isJSON(_ request: Request) -> Bool {
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }
            .trimmingCharacters(in: .whitespaces).lowercased()
        return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }

    /// What is asked, once everything is checked in the order of the release.
    private func admitted(
        _ body: JSONValue?, of whose: Result<TenantUser, Refusal>, _ request: Request, _ route: InnerRoute,
        _ profile: Profile
    ) throws(Refusal) -> InnerRequest {
        // From 1.9 on tenant and user come first, and anybody is told what is wrong with them.
        if route.resolvesUser, profile.has(.tenantBeforeKey) { _ = try whose.get() }
        guard request.headers[.innerAPIKey] == key else {
            let paths = InnerRoute.allCases.filter { exists($0, in: profile) }.map(\.rawValue) + [""]
            throw .unknownAddress(request.uri.path, among: paths.map { Self.prefix + $0 })
        }
        if route.resolvesUser { _ = try whose.get() }
        return try InnerRequest(route, in: body, profile: profile, quirks: platform.options.quirks)
    }

    // MARK: - Refusals

    private func refuse(_ refusal: Refusal, _ route: InnerRoute, _ profile: Profile) -> Response {
        let hint = refusal.status == 404 ? " (the header X-Inner-Api-Key does not hold the server's key)" : ""
        log.badRequest("inner API \(route.rawValue) -> \(refusal.status) \(refusal.message)\(hint)")
        return .json(refusal.body(in: profile), status: refusal.status)
    }

    /// Dify has a page for such addresses, which the daemon cannot read as JSON.
    private func unknownAddress(_ path: String) -> Response {
        log.badRequest("inner API -> 404: there is no address \(path.prefix(200))")
        return FileResponse.unknownAddress
    }
}

extension HTTPField.Name {
    fileprivate static let innerAPIKey = Self("X-Inner-Api-Key") ?? .authorization
}

extension Response {
    /// A body of JSON.
    static func json(_ text: String, status: Int = 200) -> Response {
        Response(
            status: HTTPResponse.Status(integerLiteral: status), headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
