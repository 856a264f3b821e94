public import DifyEmulator
public import Foundation
import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The platform over HTTP, as the SDK's serverless mode expects Dify's plugin daemon.
public struct EmulatorServer: Sendable {
    /// Where and how the server listens.
    public struct Configuration: Sendable {
        /// The address to listen on. Loopback unless told otherwise.
        public var host = "127.0.0.1"
        /// The port; 0 picks a free one.
        public var port = 5002
        /// Largest request body in bytes.
        public var maximumBodySize = 6 * 1024 * 1024
        /// Largest file that an upload may bring, in bytes.
        public var maximumUploadSize = 15 * 1024 * 1024
        /// What lets one into the console API, as a bearer token and as the password. Made up unless it is given.
        public var consoleToken = ConsoleSignIn.newToken()
        /// What a plugin daemon has to send as `X-Inner-Api-Key`. Dify's `INNER_API_KEY_FOR_PLUGIN`.
        public var innerAPIKey = "inner-api-key"

        /// The SDK's own default address.
        public init() {}
    }

    private let platform: Platform
    private let configuration: Configuration
    private let logger: Logger

    /// A server for a platform. It does not listen before ``run(handlesSignals:onReady:)``.
    public init(platform: Platform, configuration: Configuration = Configuration(), logger: Logger) {
        self.platform = platform
        self.configuration = configuration
        self.logger = logger
    }

    /// Serves until the task is cancelled or, with `handlesSignals`, SIGINT or SIGTERM arrives.
    ///
    /// - Parameters:
    ///   - handlesSignals: Whether the two signals end the server.
    ///   - onReady: Gets the base address once the server listens.
    /// - Throws: ``ServerError`` when the address cannot be had.
    public func run(
        handlesSignals: Bool = false, onReady: @escaping @Sendable (URL) -> Void = { _ in }
    ) async throws {
        try platform.followChanges()
        let host = configuration.host
        // The server's own messages are of no use to someone who looks for calls.
        var quiet = logger
        quiet.logLevel = .critical
        let application = Application(
            router: routes(),
            configuration: .init(address: .hostname(host, port: configuration.port)),
            onServerRunning: { [platform] channel in
                guard let url = Self.address(host: host, port: channel.localAddress?.port ?? 0) else { return }
                platform.filesBase = url.absoluteString
                onReady(url)
            },
            logger: quiet)
        var group = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: handlesSignals ? [.sigterm, .sigint] : [], logger: quiet)
        group.maximumGracefulShutdownDuration = .seconds(5)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let error as IOError {
            throw ServerError(error, host: host, port: configuration.port)
        } catch let error as SocketAddressError {
            throw ServerError("\(host) is no address of this machine; name another with --host (\(error))")
        }
    }

    /// The base address, which callers on this machine can use even where the server listens on all of its addresses.
    private static func address(host: String, port: Int) -> URL? {
        let reachable = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
        return URL(string: "http://\(reachable.contains(":") ? "[\(reachable)]" : reachable):\(port)")
    }

    private func routes() -> Router<BasicRequestContext> {
        let router = Router()
        let transaction = TransactionEndpoint(
            platform: platform, log: CallLog(logger: logger), maximumBodySize: configuration.maximumBodySize)
        router.add(middleware: WrongAddress(transaction: transaction))
        for prefix in ["", "/w/:workspace", "/as/:author/:plugin", "/w/:workspace/as/:author/:plugin"] {
            router.post("\(prefix)/backwards-invocation/transaction") { request, context in
                try await transaction(
                    request, workspaceName: context.parameters.get("workspace"),
                    caller: Self.caller(context.parameters))
            }
        }
        let log = CallLog(logger: logger)
        let upload = UploadEndpoint(platform: platform, log: log, maximumSize: configuration.maximumUploadSize)
        router.post("/files/upload/for-plugin") { request, _ in try await upload(request) }
        let preview = PreviewEndpoint(platform: platform, log: log)
        for method in [HTTPRequest.Method.get, .head] {
            router.on("/files/tools/:file", method: method) { request, context in
                preview(request, name: context.parameters.get("file") ?? "")
            }
        }
        InnerAPI(
            platform: platform, log: log, key: configuration.innerAPIKey,
            maximumBodySize: configuration.maximumBodySize
        ).add(to: router)
        ConsoleAPI(
            platform: platform, signIn: ConsoleSignIn(token: configuration.consoleToken), logger: logger,
            maximumBodySize: configuration.maximumBodySize
        ).add(to: router)
        // The daemon's own health check.
        router.get("/health/check") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: #"{"status":"ok"}"#)))
        }
        return router
    }

    /// The plugin that an address names.
    private static func caller(_ parameters: Parameters) -> Caller? {
        guard let author = parameters.get("author"), let plugin = parameters.get("plugin") else { return nil }
        let id = "\(author)/\(plugin)"
        return Caller(plugin: id.removingPercentEncoding ?? id)
    }
}

/// Why a server cannot listen.
public struct ServerError: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to do about it.
    public let description: String

    init(_ description: String) { self.description = description }

    init(_ error: IOError, host: String, port: Int) {
        switch error.errnoCode {
        case EADDRINUSE:
            description = "port \(port) of \(host) is in use; name another with --port, or 0 for any free one"
        case EACCES: description = "port \(port) needs more rights; name one above 1023 with --port"
        case EADDRNOTAVAIL: description = "\(host) is no address of this machine"
        default: description = "cannot listen on \(host) port \(port): \(error)"
        }
    }
}
