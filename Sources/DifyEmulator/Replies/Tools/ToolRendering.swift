import DifyProtocol

/// Turns reply items into the events of one call.
struct ToolRendering {
    /// The events so far.
    private(set) var events: [ReplyStream.Scheduled] = []
    private let context: TemplateContext
    private let url: String
    private let call: CallContext
    private var remarks: [String] = []
    private var chunks = BlobChunks()

    init(_ run: ToolRun, in call: CallContext) {
        context = TemplateContext(parameters: run.parameters)
        url = run.url
        self.call = call
    }

    /// What there is to say about the rendering.
    var notes: [String] {
        remarks + context.missingNames.map { "the template {{\($0)}} stands for nothing in this call" }
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
            return append(delay: item.delay) { WorkflowOutputs.messages(outputs) }
        case .response(let template):
            let (response, url) = (template.render(context), url)
            return append(delay: item.delay) { () throws(StreamError) in try response.messages(url: url) }
        case .failed(let template), .error(let template):
            fail(InvocationType.tool.failure(exception: template.render(context)), delay: item.delay)
            return false
        case .rawError(let text):
            fail(text, delay: item.delay)
            return false
        case .refuse(let refusal):
            fail(refusal.pluginMessage(for: .tool), delay: item.delay)
            return false
        case .raw(let template):
            events.append(.init(delay: item.delay, event: .response(template.render(context))))
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
        switch message.type {
        case .blob: return appendFile(message, delay: delay)
        case .blobChunk:
            do {
                guard let whole = try chunks.take(message) else { return true }
                return appendFile(whole, delay: delay)
            } catch {
                fail(InvocationType.tool.failure(exception: error.message), delay: delay)
                return false
            }
        default:
            send(message, delay: delay)
            return true
        }
    }

    private mutating func appendFile(_ blob: ToolInvokeMessage, delay: Duration) -> Bool {
        do {
            send(try call.platform.linked(blob, in: call), delay: delay)
            return true
        } catch {
            fail(InvocationType.tool.failure(exception: "dify-emulator: \(error)"), delay: delay)
            return false
        }
    }

    private mutating func send(_ message: ToolInvokeMessage, delay: Duration) {
        var message = message
        switch message.type {
        case .binaryLink:
            if call.answersUsefully { message.type = .link }
            remark(call.note(.binaryLink))
        case .file:
            if !call.answersUsefully { message.body = ["file_marker": "file_marker"] }
            remark(call.note(.fileMessage))
        case .image:
            remark("an image passes through by its address: Dify downloads it and sends an image_link")
        case .json where message.jsonObject?.object == nil && message.jsonObject?.array == nil:
            remark(
                "a json message holds neither an object nor a list here: the SDK raises \"Failed to parse response\"")
        case .variable where message.body["stream"] == true && message.variable?.value.string == nil:
            remark("a streamed variable holds no text here: the SDK raises \"Failed to parse response\"")
        default: break
        }
        events.append(.init(delay: delay, event: .response(message.wire)))
    }

    private mutating func fail(_ text: String, delay: Duration) {
        events.append(.init(delay: delay, event: .error(text)))
    }

    private mutating func remark(_ text: String) {
        if !remarks.contains(text) { remarks.append(text) }
    }
}
