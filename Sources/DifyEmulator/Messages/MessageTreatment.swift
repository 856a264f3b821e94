import DifyProtocol

/// What becomes of the messages of one answer on their way out: they are read, chunks are put together, files kept,
/// images fetched, and at the end come the quirks.
struct MessageTreatment: Sendable {
    /// What a message leads to.
    enum Step: Sendable {
        case event(ReplyEvent)
        /// Events that are found out when they are due.
        case work(@Sendable () async -> [ReplyEvent])
    }

    let call: CallContext
    private(set) var remarks: [String] = []
    private var chunks = BlobChunks()

    init(in call: CallContext) { self.call = call }

    // MARK: - Messages

    /// Takes a message that a seed wrote or the platform made. One that Dify's model would refuse goes out as it is,
    /// for plugins that want to see such a thing.
    ///
    /// - Returns: nil when nothing goes out, or not yet.
    /// - Throws: ``MessageError`` where the answer ends with an exception.
    mutating func takeOwn(_ message: ToolInvokeMessage) throws(MessageError) -> Step? {
        guard !isPlain(message) else { return .event(.response(message.wire)) }
        let received: ReceivedMessage
        do {
            received = try read(message)
        } catch {
            remark(onRefused: message, error)
            return .event(.response(message.wire))
        }
        return try take(received)
    }

    /// Looks at data that go out as they stand, whatever becomes of them.
    mutating func look(at data: JSONValue) {
        do {
            _ = try ReceivedMessage(data, profile: call.profile)
        } catch {
            remark("Dify's platform would send no such message: \(error.firstLine)")
        }
    }

    /// Takes a message of a closure, which stands for a tool: what Dify's model refuses ends the answer.
    ///
    /// - Returns: nil when nothing goes out, or not yet.
    /// - Throws: ``MessageError`` where the answer ends with an exception.
    mutating func takeFromClosure(_ message: ToolInvokeMessage) throws(MessageError) -> Step? {
        isPlain(message) ? .event(.response(message.wire)) : try take(try read(message))
    }

    /// Takes a message that was read.
    ///
    /// - Returns: nil when nothing goes out, or not yet.
    /// - Throws: ``MessageError`` where the answer ends with an exception.
    mutating func take(_ message: ReceivedMessage) throws(MessageError) -> Step? {
        guard let whole = try chunks.take(message) else { return nil }
        switch try call.transform.outcome(of: whole) {
        case .message(let message): return .event(try send(message))
        case .image(let image): return try fetch(image, of: whole)
        case .nothing:
            remark("a file message of a plugin's own making is not sent on: Dify drops it")
            return nil
        }
    }

    /// A message of the emulator itself may hold a file as only Dify's platform can make it.
    private func read(_ message: ToolInvokeMessage) throws(MessageError) -> ReceivedMessage {
        guard message.type == .file else { return try ReceivedMessage(message.wire, profile: call.profile) }
        var message = message
        message.body = [:]
        var received = try ReceivedMessage(message.wire, profile: call.profile)
        received.platformFile = message.meta?["file"]?.object
        return received
    }

    /// Whether Dify's model and what follows it leave a message as it is: most are of that kind.
    private func isPlain(_ message: ToolInvokeMessage) -> Bool {
        guard call.profile == .current, let body = message.body.object else { return false }
        switch message.type {
        case .text, .link: return body.count == 1 && message.text != nil
        case .json:
            return body.keys == ["json_object", "suppress_output"] && body["suppress_output"]?.bool != nil
                && (message.jsonObject?.object != nil || message.jsonObject?.array != nil)
        case .variable:
            return body.keys == ["variable_name", "variable_value", "stream"] && body["stream"] == false
                && message.variable.map { !["json", "text", "files"].contains($0.name) } ?? false
        default: return false
        }
    }

    // MARK: - Images

    private mutating func fetch(_ image: ImageMessage, of message: ReceivedMessage) throws(MessageError) -> Step {
        let (call, transform) = (call, call.transform)
        if let stored = call.platform.ownImage(at: image.address, profile: call.profile) {
            return .event(try send(transform.message(for: image, stored)))
        }
        let live = call.options.live
        guard
            let download = ImageDownload(
                of: image.address, over: live, clock: call.options.clock, profile: call.profile)
        else {
            remark(
                "an image passes through by its address: Dify downloads it and sends an image_link; "
                    + "so does dify-emulator where --allow-live names its host")
            return .event(try send(message))
        }
        return .work {
            let message = transform.message(for: image, await download.file())
            // A link or a text, whose body is text in any case.
            return ((try? message.outgoing()).map { [.response($0.wire)] }) ?? []
        }
    }

    // MARK: - Sending

    private mutating func send(_ message: ReceivedMessage) throws(MessageError) -> ReplyEvent {
        var message = try message.outgoing()
        switch message.type {
        case .binaryLink:
            if call.answersUsefully { message.type = .link }
            remark(call.note(.binaryLink))
        case .file:
            if call.answersUsefully { message.body = .null }
            remark(call.note(.fileMessage))
        default: break
        }
        return .response(message.wire)
    }

    // MARK: - Remarks

    private mutating func remark(onRefused message: ToolInvokeMessage, _ error: MessageError) {
        switch message.type {
        case .json:
            remark(
                "a json message holds neither an object nor a list here: the SDK raises \"Failed to parse response\"")
        case .variable where message.body["stream"] == true:
            remark("a streamed variable holds no text here: the SDK raises \"Failed to parse response\"")
        default:
            remark("Dify's platform would refuse this \(message.type.rawValue) message: \(error.firstLine)")
        }
    }

    private mutating func remark(_ text: String) {
        if !remarks.contains(text) { remarks.append(text) }
    }
}

extension MessageError {
    fileprivate var firstLine: Substring { text.prefix { $0 != "\n" } }
}
