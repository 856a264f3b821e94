import DifyEmulator
import DifyProtocol
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Synchronization

/// The platform's answer to a request of the inner API on its way into an HTTP response.
struct InnerAnswer: Sendable {
    private let answer: Answer
    private let route: InnerRoute
    private let workspace: Workspace
    private let log: CallLog

    init(_ answer: Answer, to route: InnerRoute, in workspace: Workspace, log: CallLog) {
        self.answer = answer
        self.route = route
        self.workspace = workspace
        self.log = log
    }

    func response(to request: Request) -> Response {
        let body = InnerBody(route, in: workspace.profile, refusal: refusal)
        if let events = answer.events.immediate {
            var (body, bytes) = (body, ByteBuffer())
            body.append(events, to: &bytes)
            body.append([.end], to: &bytes)
            log.answered(answer.diagnosis, in: workspace.name, AnswerTally(events))
            return Self.response(body, ResponseBody(byteBuffer: bytes))
        }
        var response = Self.response(body, stream(body, of: request))
        // The connection ends with the stream; a caller must not send its next call there.
        response.headers[.connection] = "close"
        return response
    }

    /// What the platform refuses the call with before its answer starts: the HTTP status depends on it.
    private var refusal: Refusal? {
        guard case .error(let failure)? = answer.events.first else { return nil }
        switch failure.cause {
        case .refusal(let refusal): return refusal
        case .exception(let text) where route.form == .plain: return .invalidParameter(text)
        case .exception, .answer, .other: return nil
        }
    }

    private static func response(_ body: InnerBody, _ content: ResponseBody) -> Response {
        Response(
            status: HTTPResponse.Status(integerLiteral: body.status), headers: [.contentType: body.contentType],
            body: content)
    }

    private func stream(_ body: InnerBody, of request: Request) -> ResponseBody {
        ResponseBody { [answer, log, name = workspace.name] writer in
            var body = body
            let sent = Mutex(AnswerTally())
            do {
                // Ends with the connection, and with the server: an open stream would hold its shutdown up.
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    for try await due in answer.events.cancelOnGracefulShutdown() {
                        var bytes = ByteBuffer()
                        body.append(due, to: &bytes)
                        try await writer.write(bytes)
                        sent.withLock { $0.count(due) }
                    }
                    if !sent.withLock({ $0.isComplete }) {
                        var bytes = ByteBuffer()
                        let due = [ReplyEvent.error("dify-emulator: the server is shutting down"), .end]
                        body.append(due, to: &bytes)
                        try await writer.write(bytes)
                        sent.withLock { $0.count(due) }
                    }
                    try await writer.finish(nil)
                }
                log.answered(answer.diagnosis, in: name, sent.withLock { $0 })
            } catch {
                log.interrupted(answer.diagnosis, in: name, sent.withLock { $0 })
                throw error
            }
        }
    }
}
