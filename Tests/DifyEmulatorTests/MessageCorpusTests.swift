import DifyEmulator
import DifyProtocol
import Synchronization
import Testing

/// Messages are read, merged and transformed as Dify's own code did it.
struct MessageCorpusTests {
    @Test("message treatment")
    func messages() async throws {
        try await Corpus.run("message-transform-cases") { example in
            let input = try #require(example.value["input"])
            let expected = try #require(example.value["expect"]?.object)
            switch example.value["kind"]?.string {
            // The input is Python source text.
            case "json-safe": return .notApplicable
            case "parse": return Self.parse(try #require(input["message"]), expected)
            case let kind?: return try await RecordedTreatment(input, kind: kind).verdict(expected)
            case nil: return .differs("the case has no kind")
            }
        }
    }

    /// Of pydantic's texts the corpus counts on the first lines only.
    private static func parse(_ message: JSONValue, _ expected: JSONObject) -> Corpus.Verdict {
        do throws(MessageError) {
            let message = try ReceivedMessage(message)
            let got: JSONValue = ["message": try message.outgoing().wire, "body_class": .string(message.bodyModel)]
            let wanted: JSONValue = [
                "message": expected["message"] ?? .null, "body_class": expected["body_class"] ?? .null,
            ]
            return .comparing(got, with: wanted, "the message")
        } catch {
            let wanted = expected["error"]?.string ?? "none"
            return .comparing(firstLine(error.text), with: firstLine(wanted), "the error")
        }
    }

    private static func firstLine(_ text: String) -> Substring { text.prefix { $0 != "\n" } }
}

/// A recorded stream of messages, sent through the stages that its case names. Files get numbers for ids, as they did
/// when the corpus was recorded.
private struct RecordedTreatment {
    private let kind: String
    private let messages: [JSONValue]
    private let transform: MessageTransform
    private let keeper: NumberingKeeper
    private let transport: RecordedDownloads
    private var chunks: BlobChunks

    init(_ input: JSONValue, kind: String) throws {
        self.kind = kind
        messages = try #require(input["messages"]?.array)
        let (keeper, failure) = (NumberingKeeper(), input["storage_error"]?.string)
        self.keeper = keeper
        transform = MessageTransform { file throws(MessageError) in
            if let failure { throw MessageError(failure) }
            return keeper.keep(file)
        }
        transport = RecordedDownloads(input["downloads"]?.array ?? [])
        chunks = BlobChunks(largestFile: input["max_file_size"]?.number?.integer ?? BlobChunks.largestFile)
    }

    func verdict(_ expected: JSONObject) async throws -> Corpus.Verdict {
        var treatment = self
        var (sent, failure): ([JSONValue], String?) = ([], nil)
        do {
            for message in messages {
                guard let outgoing = try await treatment.outgoing(message) else { continue }
                sent.append(try outgoing.outgoing().wire)
            }
        } catch let error as MessageError {
            failure = error.text
        }
        var got: JSONObject = [
            "messages": .array(sent), "error": failure.map(JSONValue.string) ?? .null,
            "stored": .array(keeper.files), "requests": .array(transport.requests),
        ]
        var wanted = expected
        if expected["requests"] == nil { got["requests"] = nil }
        // Nothing here asks where a file came from.
        wanted["stored"] = .array((expected["stored"]?.array ?? []).map { $0.without("original_url") })
        let order = ["messages", "error", "stored", "requests"]
        let ordered = JSONObject(order.compactMap { name in wanted[name].map { (name, $0) } })
        return .comparing(got, with: ordered, "the stream")
    }

    private mutating func outgoing(_ message: JSONValue) async throws -> ReceivedMessage? {
        var message = try Self.received(message)
        if kind != "transform" {
            guard let whole = try chunks.take(message) else { return nil }
            message = whole
        }
        if kind == "merge" { return message }
        switch try transform.outcome(of: message) {
        case .message(let message): return message
        case .nothing: return nil
        case .image(let image):
            let access = LiveAccess(hosts: ["*"], transport: transport)
            let download = try #require(ImageDownload(of: image.address, over: access, clock: VirtualClock()))
            return transform.message(for: image, await download.file())
        }
    }

    /// `{"$file": …}` stands for an object of the platform's own, with the members that were given.
    private static func received(_ value: JSONValue) throws -> ReceivedMessage {
        guard let given = value["meta"]?["file"]?["$file"]?.object, var message = value.object,
            var meta = message["meta"]?.object
        else { return try ReceivedMessage(value) }
        let file = JSONObject(
            [
                ("dify_model_identity", "__dify__file__"), ("id", nil), ("type", nil), ("transfer_method", nil),
                ("remote_url", nil), ("reference", nil), ("filename", nil), ("extension", nil), ("mime_type", nil),
                ("size", -1),
            ] as [(String, JSONValue)]
        ).merging(given)
        meta["file"] = .object(file)
        message["meta"] = .object(meta)
        var received = try ReceivedMessage(.object(message))
        received.platformFile = file
        return received
    }
}

/// Keeps files under the ids `…0001`, `…0002` and so on.
private final class NumberingKeeper: Sendable {
    private let kept = Mutex<[JSONValue]>([])

    var files: [JSONValue] { kept.withLock { $0 } }

    func keep(_ file: ToolFile) -> String {
        kept.withLock { kept in
            let digits = String(kept.count + 1)
            let id = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
            let unique = id.replacing("-", with: "")
            let key = ToolFile(content: [], mimeType: file.mimeType).name(unique: unique)
            kept.append([
                "id": .string(id), "file_key": .string("tools/t/\(key)"), "mimetype": .string(file.mimeType),
                "name": .string(file.name(unique: unique)), "size": .integer(file.content.count),
            ])
            return id
        }
    }
}

/// Answers downloads with what was recorded, in order.
private final class RecordedDownloads: LiveTransport {
    private let state: Mutex<(answers: [JSONValue], requests: [JSONValue])>

    init(_ answers: [JSONValue]) { state = Mutex((answers, [])) }

    var requests: [JSONValue] { state.withLock { $0.requests } }

    func response(to request: WireRequest) async throws(LiveFailure) -> WireResponse {
        try state.withLock { state throws(LiveFailure) in
            guard let answer = state.answers.first else { throw LiveFailure("no answer was recorded") }
            state.answers.removeFirst()
            if let error = answer["error"]?.string { throw LiveFailure(error) }
            state.requests.append(.string("\(request.method) \(request.target) host \(request.host)"))
            let headers = (answer["headers"]?.object ?? [:]).map { WireHeader($0.key, $0.value.string ?? "") }
            return WireResponse(
                status: answer["status"]?.number?.integer ?? 0, headers: headers,
                body: Array((answer["body"]?.string ?? "").utf8))
        }
    }
}

extension JSONValue {
    fileprivate func without(_ name: String) -> JSONValue {
        var members = object ?? [:]
        members[name] = nil
        return .object(members)
    }
}
