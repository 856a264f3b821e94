import ArgumentParser
import DifyEmulator
import DifyProtocol
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A call on a running server, over the endpoint that the SDK uses.
struct RemoteCall {
    private let endpoint: URL

    /// - Parameters:
    ///   - url: The server's base address, with or without `/w/NAME`.
    ///   - caller: The plugin that calls; nil for the one that the workspace names.
    init(url: String, caller: Caller? = nil) throws {
        guard let base = URL(string: url), base.scheme == "http" || base.scheme == "https", base.host() != nil else {
            throw ValidationError("--url is an address such as http://127.0.0.1:5002, not \(url)")
        }
        let address = caller.map { base.appending(path: "as/\($0.plugin)") } ?? base
        endpoint = address.appending(path: "backwards-invocation/transaction")
        // A proxy of the environment must not divert a call to this machine.
        if let host = base.host() { setenv("no_proxy", host, 1) }
    }

    /// The events of the answer, as they arrive.
    func events(of invocation: Invocation) throws -> AsyncThrowingStream<ReplyEvent, any Error> {
        let transaction = TransactionRequest(
            sessionID: "command-line", requestID: UUID().uuidString, invocation: invocation)
        var request = URLRequest(url: endpoint)
        request.httpMethod = "POST"
        request.httpBody = Data(transaction.body)
        // As long as the SDK itself waits.
        request.timeoutInterval = 250
        return AsyncThrowingStream { continuation in
            let session = URLSession(
                configuration: .ephemeral, delegate: LineReader(continuation, endpoint: endpoint), delegateQueue: nil)
            session.dataTask(with: request).resume()
            continuation.onTermination = { _ in session.invalidateAndCancel() }
        }
    }
}

/// Cuts the body into lines and the lines into events.
private final class LineReader: NSObject, URLSessionDataDelegate, Sendable {
    private struct State {
        var line: [UInt8] = []
        var hasEnded = false
    }

    private let continuation: AsyncThrowingStream<ReplyEvent, any Error>.Continuation
    private let endpoint: URL
    private let state = Mutex(State())

    init(_ continuation: AsyncThrowingStream<ReplyEvent, any Error>.Continuation, endpoint: URL) {
        self.continuation = continuation
        self.endpoint = endpoint
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let lines = state.withLock { state -> [[UInt8]] in
            var pieces = data.split(separator: 0x0A, omittingEmptySubsequences: false)
            let last = pieces.popLast() ?? Data()
            var lines: [[UInt8]] = []
            for piece in pieces {
                lines.append(state.line + piece)
                state.line = []
            }
            state.line += last
            return lines
        }
        for line in lines where !line.isEmpty {
            guard let value = try? JSONParser.parse(utf8: line), let event = BackwardsResponse.event(in: value) else {
                continuation.finish(
                    throwing: CommandError("\(endpoint) answers with something else than a Dify daemon"))
                return
            }
            if event == .end { state.withLock { $0.hasEnded = true } }
            continuation.yield(event)
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error {
            let isRefused = (error as? URLError)?.code == .cannotConnectToHost
            let reason = isRefused ? "nobody listens there" : error.localizedDescription
            continuation.finish(throwing: CommandError("\(endpoint): \(reason); is `dify-emulator serve` running?"))
        } else if let status = (task.response as? HTTPURLResponse)?.statusCode, status != 200 {
            continuation.finish(throwing: CommandError("\(endpoint) answers with HTTP status \(status)"))
        } else if !state.withLock({ $0.hasEnded }) {
            continuation.finish(throwing: CommandError("\(endpoint): the answer broke off before its end"))
        } else {
            continuation.finish()
        }
    }
}
