import DifyEmulator
import DifyProtocol
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// `POST /backwards-invocation/transaction`: the door through which the SDK's serverless mode calls back.
///
/// Every answer is HTTP 200 with lines of JSON, errors included: the SDK understands nothing else.
struct TransactionEndpoint: Sendable {
    let platform: Platform
    let log: CallLog
    /// Largest body that is read, in bytes. Dify's daemon cuts longer ones.
    let maximumBodySize: Int

    /// - Parameters:
    ///   - workspaceName: As it stands in the address; nil for the default workspace.
    ///   - caller: Who calls; nil for whom the workspace names.
    func callAsFunction(
        _ request: Request, workspaceName: String?, caller: Caller? = nil
    ) async throws -> Response {
        // Collected within the request, which keeps sight of the connection for as long as the answer takes.
        var request = request
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: maximumBodySize)
        } catch is NIOTooManyBytesError {
            return refuse(
                TransactionError(
                    plain: "dify-emulator: the request is larger than \(maximumBodySize / 1024 / 1024) MiB"))
        } catch {
            log.badRequest("the connection closed in the middle of the request")
            throw error
        }
        let transaction: TransactionRequest
        do {
            transaction = try TransactionRequest(body: body.readableBytesView)
        } catch {
            return refuse(error)
        }
        if let caller, !Caller.isPluginID(caller.plugin) {
            let text = "dify-emulator: /as/AUTHOR/PLUGIN names a plugin by a-z 0-9 _ and - only, not \(caller.plugin)"
            return refuse(
                TransactionError(plain: text, sessionID: transaction.sessionID, requestID: transaction.requestID))
        }
        do {
            let workspace = try workspace(named: workspaceName)
            return respond(to: transaction, in: workspace, from: caller, request: request)
        } catch {
            return refuse(
                TransactionError(
                    plain: "dify-emulator: \(error)", sessionID: transaction.sessionID,
                    requestID: transaction.requestID))
        }
    }

    private func workspace(named name: String?) throws(StoreError) -> Workspace {
        guard let name else { return platform.defaultWorkspace }
        return try platform.workspace(named: name.removingPercentEncoding ?? name)
    }

    /// Answers a POST to any other address: the SDK would take an HTTP error without lines for an empty answer.
    func refuseAddress(_ path: String) -> Response {
        refuse(
            TransactionError(
                plain:
                    "dify-emulator: there is no address \(path.prefix(200)); the base URL of a plugin is that of the server, "
                    + "or /w/NAME below it for a workspace of its own, and /as/AUTHOR/PLUGIN below either"))
    }

    // MARK: - Answers

    private func refuse(_ error: TransactionError) -> Response {
        log.badRequest(error.message)
        let envelope = BackwardsResponse(
            sessionID: error.sessionID, requestID: error.requestID, isStreaming: true)
        return Self.response(ResponseBody(byteBuffer: envelope.buffer([.error(error.message), .end])))
    }

    private func respond(
        to transaction: TransactionRequest, in workspace: Workspace, from caller: Caller?, request: Request
    ) -> Response {
        let answer = platform.answer(transaction.invocation, in: workspace, from: caller)
        let envelope = BackwardsResponse(
            sessionID: transaction.sessionID, requestID: transaction.requestID,
            isStreaming: transaction.invocation.type.isStreaming)
        if let events = answer.events.immediate {
            log.answered(answer.diagnosis, in: workspace.name, AnswerTally(events))
            return Self.response(ResponseBody(byteBuffer: envelope.buffer(events)))
        }
        var response = Self.response(stream(answer, envelope, workspace: workspace.name, request: request))
        // The connection ends with the stream, as the daemon's does; a caller must not send its next call there.
        response.headers[.connection] = "close"
        return response
    }

    private func stream(
        _ answer: Answer, _ envelope: BackwardsResponse, workspace: String, request: Request
    ) -> ResponseBody {
        ResponseBody { [log] writer in
            let sent = Mutex(AnswerTally())
            do {
                // Ends with the connection, and with the server: an open stream would hold its shutdown up.
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    for try await due in answer.events.cancelOnGracefulShutdown() {
                        try await writer.write(envelope.buffer(due))
                        sent.withLock { $0.count(due) }
                    }
                    if !sent.withLock({ $0.isComplete }) {
                        // The SDK takes a body that just ends for a complete answer.
                        let due = [ReplyEvent.error("dify-emulator: the server is shutting down"), .end]
                        try await writer.write(envelope.buffer(due))
                        sent.withLock { $0.count(due) }
                    }
                    try await writer.finish(nil)
                }
                log.answered(answer.diagnosis, in: workspace, sent.withLock { $0 })
            } catch {
                log.interrupted(answer.diagnosis, in: workspace, sent.withLock { $0 })
                throw error
            }
        }
    }

    private static func response(_ body: ResponseBody) -> Response {
        Response(status: .ok, headers: [.contentType: "text/event-stream"], body: body)
    }
}

extension BackwardsResponse {
    /// The lines of several events in one buffer, for one write.
    fileprivate func buffer(_ events: [ReplyEvent]) -> ByteBuffer {
        var bytes: [UInt8] = []
        for event in events { append(event, to: &bytes) }
        return ByteBuffer(bytes: bytes)
    }
}
