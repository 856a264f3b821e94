import DifyProtocol
import Logging
import Synchronization

/// The messages of one closure on their way out. What there is to say about them goes to the log, since the call's
/// diagnosis was given before the first of them came.
final class ClosureMessages: Sendable {
    private let treatment: Mutex<MessageTreatment>
    private let logger: Logger

    init(in call: CallContext) {
        treatment = Mutex(MessageTreatment(in: call))
        logger = call.options.logger
    }

    /// The events that a message leads to: none for a chunk of a file that goes on.
    ///
    /// - Throws: ``ToolFailure`` where Dify's platform would end the answer.
    func events(for message: ToolInvokeMessage) async throws(ToolFailure) -> [ReplyEvent] {
        switch try step(for: message) {
        case .event(let event): return [event]
        case .work(let work): return await work()
        case nil: return []
        }
    }

    private func step(for message: ToolInvokeMessage) throws(ToolFailure) -> MessageTreatment.Step? {
        try treatment.withLock { treatment throws(ToolFailure) -> MessageTreatment.Step? in
            let told = treatment.remarks.count
            defer {
                for remark in treatment.remarks[told...] { logger.notice("a closure's message: \(remark)") }
            }
            do throws(MessageError) {
                return try treatment.takeFromClosure(message)
            } catch {
                throw ToolFailure(error.text)
            }
        }
    }
}
