public import DifyEmulator
import NIOCore
import NIOHTTP1
import NIOPosix

/// Sends the requests of custom tools over TCP: HTTP/1.1, one connection for each request.
///
/// Nothing is added to a request and nothing is put right: it goes out with the header lines, the target and the body
/// that it has. Foundation's client does not do that, and httpx, which Dify uses, sends what it is told.
public struct HTTPClient: LiveTransport {
    /// How long a connection may take. Dify's `API_TOOL_DEFAULT_CONNECT_TIMEOUT`: 10 seconds.
    public var connectTimeout: Duration
    /// How long the server may be silent. Dify's `API_TOOL_DEFAULT_READ_TIMEOUT`: 60 seconds.
    public var readTimeout: Duration
    /// Most bytes that the body of a response may have.
    public var largestBody: Int

    /// A client with Dify's timeouts, unless told otherwise.
    public init(
        connectTimeout: Duration = .seconds(10), readTimeout: Duration = .seconds(60), largestBody: Int = 64 << 20
    ) {
        self.connectTimeout = connectTimeout
        self.readTimeout = readTimeout
        self.largestBody = largestBody
    }

    public func response(to request: WireRequest) async throws(LiveFailure) -> WireResponse {
        let security = try ConnectionSecurity(request)
        do {
            let connection = try await connect(to: request, security)
            return try await connection.executeThenClose { inbound, outbound in
                for part in request.parts { try await outbound.write(part) }
                return try await ResponseReading(parts: inbound, largestBody: largestBody)()
            }
        } catch {
            throw LiveFailure(clientError: error)
        }
    }

    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    private func connect(to request: WireRequest, _ security: ConnectionSecurity) async throws -> Connection {
        let readTimeout = TimeAmount(readTimeout)
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(TimeAmount(connectTimeout))
            .connect(host: request.host, port: request.port ?? security.defaultPort) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try security.addHandler(to: pipeline)
                    try pipeline.addHandler(IdleStateHandler(readTimeout: readTimeout))
                    var framing = HTTPRequestEncoder.Configuration()
                    framing.automaticallySetFramingHeaders = false
                    try pipeline.addHandler(HTTPRequestEncoder(configuration: framing))
                    // It sees the request as well, and so knows that HEAD is answered without a body.
                    let decoder = HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)
                    try pipeline.addHandler(ByteToMessageHandler(decoder))
                    try pipeline.addHandler(SilenceHandler())
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }
}

extension WireRequest {
    /// The request in the encoder's parts.
    fileprivate var parts: [HTTPClientRequestPart] {
        let lines = headers.map { ($0.name, $0.value) }
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: method), uri: target, headers: HTTPHeaders(lines))
        let content: [HTTPClientRequestPart] = body.isEmpty ? [] : [.body(.byteBuffer(ByteBuffer(bytes: body)))]
        return [.head(head)] + content + [.end(nil)]
    }
}
