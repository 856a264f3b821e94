import DifyProtocol

/// The stream of a chat or a completion: messages, then what the message took
/// (`EasyUIBasedGenerateTaskPipeline`).
struct MessageStream {
    private let run: AppRun
    private var list = AppEventList()
    private var metadata: MessageMetadata
    private var files: [AppFile] = []
    private var textEvent: String?
    private var isReplaced = false

    private init(_ run: AppRun) {
        self.run = run
        metadata = MessageMetadata(usage: run.usage)
    }

    static func events(of run: AppRun, parts: [TimedPart]) -> AppEventList {
        var stream = MessageStream(run)
        for timed in parts where !stream.append(timed) { return stream.list }
        stream.finish()
        return stream.list
    }

    /// - Returns: Whether the stream goes on.
    private mutating func append(_ timed: TimedPart) -> Bool {
        list.wait(timed.delay)
        switch timed.part {
        case .text(let text): message(text)
        case .replace(let text):
            isReplaced = true
            list.send(run.replacement(text))
        case .file(let members):
            let file = AppFile(members, id: run.id("file \(files.count + 1)"))
            files.append(file)
            list.send(run.event("message_file", file.event))
        case .retrieverResources(let resources): metadata.add(resources: resources)
        case .usage(let usage): metadata.add(usage: usage)
        case .events, .raw: list.send(verbatim: timed.part, of: run)
        case .failed(let text):
            list.send(run.error(.valueError(text)))
            return false
        case .error(let error):
            list.send(run.error(error))
            return false
        case .outputs, .thought: break
        }
        return true
    }

    /// A chunk of the answer. Once the first one finds a file of the app's, Dify sends all of them under that event.
    private mutating func message(_ text: String) {
        let event = textEvent ?? (files.isEmpty ? "message" : "message_file")
        textEvent = event
        isReplaced = false
        let own: JSONObject = [
            "id": .string(run.messageID), "answer": .string(text), "from_variable_selector": .null,
        ]
        list.send(run.event(event, own))
    }

    private mutating func finish() {
        // A chat model's last chunk has no text. Moderation that replaces the answer stops the model before it.
        if run.app.mode == .chat, !isReplaced { message("") }
        list.send(run.end(metadata, files: files.isEmpty ? .null : .array(files.map(\.message))))
    }
}
