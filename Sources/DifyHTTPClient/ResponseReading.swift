import DifyEmulator
import NIOCore
import NIOHTTP1

/// Reads one response from a connection.
struct ResponseReading {
    /// The server closed the connection before a response began.
    struct Disconnected: Error {}

    /// The server closed the connection in the middle of the body.
    struct CutShort: Error {
        let received: Int
        /// What the header announced; nil for a body in chunks.
        let announced: Int?
    }

    let parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>
    /// Most bytes that a body may have.
    let largestBody: Int

    func callAsFunction() async throws -> WireResponse {
        var head: HTTPResponseHead?
        var body: [UInt8] = []
        do {
            for try await part in parts {
                switch part {
                case .head(let line):
                    // What comes before the response itself, such as "100 Continue", says nothing to a tool.
                    if line.status.code >= 200 || line.status.code == 101 { head = line }
                case .body(let buffer):
                    guard body.count + buffer.readableBytes <= largestBody else {
                        throw LiveFailure.tooLarge
                    }
                    body.append(contentsOf: buffer.readableBytesView)
                case .end:
                    if let head { return WireResponse(head, body) }
                }
            }
        } catch HTTPParserError.invalidEOFState {
            // The body ends where the connection does; which of the two ends this is stands below.
        }
        guard let head else { throw Disconnected() }
        throw CutShort(received: body.count, announced: head.headers.first(name: "content-length").flatMap { Int($0) })
    }
}

extension WireResponse {
    fileprivate init(_ head: HTTPResponseHead, _ body: [UInt8]) {
        self.init(
            status: Int(head.status.code), headers: head.headers.map { WireHeader($0.name, $0.value) }, body: body)
    }
}
