import DifyEmulator
import DifyServer
import Foundation
import Logging
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server within this process, over a real socket, for as long as a test needs it.
enum InProcessServer {
    /// Serves a platform on a free port.
    ///
    /// - Parameter body: Gets the base address.
    static func serve<Value>(
        _ platform: Platform, configuration: EmulatorServer.Configuration = .init(),
        _ body: (URL) async throws -> Value
    ) async throws -> Value {
        var configuration = configuration
        configuration.port = 0
        let server = EmulatorServer(platform: platform, configuration: configuration, logger: Logger(label: "test"))
        let ready = AsyncStream<URL>.makeStream()
        let running = Task { try await server.run { ready.continuation.yield($0) } }
        defer { running.cancel() }
        let url = try #require(await ready.stream.first { _ in true })
        let value = try await body(url)
        running.cancel()
        _ = await running.result
        return value
    }
}

/// An answer over HTTP.
struct HTTPAnswer {
    let status: Int
    let body: Data
    private let response: HTTPURLResponse?

    /// Sends a request.
    init(_ request: URLRequest) async throws {
        let (data, response) = try await URLSession.shared.data(for: request)
        self.response = response as? HTTPURLResponse
        status = self.response?.statusCode ?? 0
        body = data
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { response?.value(forHTTPHeaderField: name) }
}
