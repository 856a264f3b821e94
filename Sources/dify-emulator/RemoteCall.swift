import ArgumentParser
import DifyProtocol
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A call of a tool on a running server, over the endpoint that the SDK uses.
struct RemoteCall {
    private let endpoint: URL

    /// - Parameter url: The server's base address, with or without `/w/NAME`.
    init(url: String) throws {
        guard let base = URL(string: url), base.scheme == "http" || base.scheme == "https", base.host() != nil else {
            throw ValidationError("--url is an address such as http://127.0.0.1:5002, not \(url)")
        }
        endpoint = base.appending(path: "backwards-invocation/transaction")
    }

    /// The events of the answer, as they arrive.
    func events(of call: ToolInvocation) throws -> AsyncThrowingStream<ReplyEvent, any Error> {
        let transaction = TransactionRequest(
            sessionID: "command-line", requestID: UUID().uuidString,
            invocation: Invocation(type: .tool, request: call.request))
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

extension ToolInvocation {
    /// The request as the SDK sends it.
    fileprivate var request: JSONObject {
        var request: JSONObject = [
            "tool_type": .string(kind?.rawValue ?? "mcp"), "provider": .string(provider), "tool": .string(tool),
            "tool_parameters": .object(parameters ?? [:]),
        ]
        if !credentialID.isEmpty { request["credential_id"] = .string(credentialID) }
        return request
    }
}

/// Cuts the body into lines and the lines into events.
private final class LineReader: NSObject, URLSessionDataDelegate, Sendable {
    private let continuation: AsyncThrowingStream<ReplyEvent, any Error>.Continuation
    private let endpoint: URL
    private let rest = Mutex<[UInt8]>([])

    init(_ continuation: AsyncThrowingStream<ReplyEvent, any Error>.Continuation, endpoint: URL) {
        self.continuation = continuation
        self.endpoint = endpoint
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let lines = rest.withLock { rest -> [[UInt8]] in
            rest += data
            var lines = rest.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
            rest = lines.popLast() ?? []
            return lines
        }
        for line in lines where !line.isEmpty {
            guard let value = try? JSONParser.parse(utf8: line), let event = BackwardsResponse.event(in: value) else {
                continuation.finish(
                    throwing: CommandError("\(endpoint) answers with something else than a Dify daemon"))
                return
            }
            continuation.yield(event)
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error {
            let reason =
                (error as? URLError)?.code == .cannotConnectToHost ? "nobody listens there" : error.localizedDescription
            continuation.finish(throwing: CommandError("\(endpoint): \(reason); is `dify-emulator serve` running?"))
        } else if let status = (task.response as? HTTPURLResponse)?.statusCode, status != 200 {
            continuation.finish(throwing: CommandError("\(endpoint) answers with HTTP status \(status)"))
        } else {
            continuation.finish()
        }
    }
}
