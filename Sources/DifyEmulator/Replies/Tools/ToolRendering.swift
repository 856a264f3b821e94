import DifyProtocol

/// Turns reply items into the events of one call.
struct ToolRendering {
    /// The events so far.
    private(set) var events: [ReplyStream.Scheduled] = []
    private let context: TemplateContext
    private let url: String
    private var messages: MessageTreatment
    private var remarks: [String] = []
    /// The waits before messages that are not sent, or not yet.
    private var owed = Duration.zero

    init(_ run: ToolRun, in call: CallContext) {
        context = TemplateContext(parameters: run.parameters)
        url = run.url
        messages = MessageTreatment(in: call)
    }

    /// What there is to say about the rendering.
    var notes: [String] {
        let missing = context.missingNames.map { "the template {{\($0)}} stands for nothing in this call" }
        return remarks + messages.remarks + missing
    }

    /// Appends items until one ends the stream.
    mutating func append(_ items: [ReplyItem]) {
        for item in items where !append(item) { return }
    }

    /// Appends computed messages.
    mutating func append(from compute: () throws(StreamError) -> [ToolInvokeMessage]) {
        _ = append(delay: .zero, from: compute)
    }

    /// - Returns: Whether the stream goes on.
    private mutating func append(_ item: ReplyItem) -> Bool {
        switch item.content {
        case .message(let type, let body, let meta):
            let message = ToolInvokeMessage(
                type: type, body: body.render(context), meta: meta?.render(context).object)
            return append(message, delay: item.delay)
        case .outputs(let template):
            let outputs = template.render(context).object ?? [:]
            let call = messages.call
            remarks += WorkflowOutputs.notes(on: outputs)
            return append(delay: item.delay) { () throws(StreamError) in
                try WorkflowOutputs(in: call).messages(outputs)
            }
        case .response(let template):
            let (response, url, profile) = (template.render(context), url, messages.call.profile)
            return append(delay: item.delay) { () throws(StreamError) in
                try response.messages(url: url, profile: profile)
            }
        case .failed(let template), .error(let template):
            fail(InvocationType.tool.failure(exception: template.render(context)), delay: item.delay)
            return false
        case .rawError(let text):
            fail(ReplyFailure(text), delay: item.delay)
            return false
        case .refuse(let refusal):
            fail(InvocationType.tool.failure(refusal: refusal), delay: item.delay)
            return false
        case .raw(let template):
            let data = template.render(context)
            messages.look(at: data)
            send(.event(.response(data)), delay: item.delay)
            return true
        // Seeds cannot say this of tools.
        case .part: return true
        }
    }

    private mutating func append(
        delay: Duration, from compute: () throws(StreamError) -> [ToolInvokeMessage]
    ) -> Bool {
        do {
            for (index, message) in try compute().enumerated() {
                guard append(message, delay: index == 0 ? delay : .zero) else { return false }
            }
            return true
        } catch {
            fail(InvocationType.tool.failure(exception: error.message), delay: delay)
            return false
        }
    }

    /// - Returns: Whether the stream goes on.
    private mutating func append(_ message: ToolInvokeMessage, delay: Duration) -> Bool {
        do {
            if let step = try messages.takeOwn(message) {
                send(step, delay: delay)
            } else {
                owed += delay
            }
            return true
        } catch {
            fail(InvocationType.tool.failure(exception: error.text), delay: delay)
            return false
        }
    }

    private mutating func fail(_ failure: ReplyFailure, delay: Duration) { send(.event(.error(failure)), delay: delay) }

    private mutating func send(_ step: MessageTreatment.Step, delay: Duration) {
        switch step {
        case .event(let event): events.append(.init(delay: owed + delay, event: event))
        case .work(let work): events.append(.init(delay: owed + delay, work: work))
        }
        owed = .zero
    }
}
