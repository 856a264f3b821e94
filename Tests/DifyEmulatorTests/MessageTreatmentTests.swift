import DifyEmulator
import DifyProtocol
import Foundation
import Synchronization
import Testing

/// What becomes of a tool's messages on their way out, through the platform.
struct MessageTreatmentTests {
    // MARK: - Images

    @Test func imageIsFetchedAndKept() async throws {
        let transport = CannedTransport([WireResponse(status: 200, body: Array("PNG".utf8))])
        let platform = try Self.platform("{image: 'https://img.test/a/cat.png', meta: {a: 1}}", transport)
        let outcome = await platform.echo()
        let message = try #require(outcome.messages.first)
        let id = try #require(message.meta?["tool_file_id"]?.string)
        #expect(outcome.types == ["image_link"])
        #expect(message.text == "/files/tools/\(id).png")
        #expect(message.meta?["a"] == 1)
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://img.test/a/cat.png")
        #expect(request.headers.first == WireHeader("Host", "img.test"))
    }

    @Test func messagesKeepTheirOrderAroundAnImage() async throws {
        let transport = CannedTransport([WireResponse(status: 404)])
        let platform = try Self.platform("{text: a}, {image: 'https://img.test/p'}, {text: b}", transport)
        let outcome = await platform.echo()
        #expect(outcome.types == ["text", "text", "text"])
        #expect(
            outcome.texts[1]
                == "Failed to download image: https://img.test/p: "
                + "Client error '404 Not Found' for url 'https://img.test/p'\n"
                + "For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/404"
        )
        #expect(outcome.messages[1].meta == [:])
    }

    @Test func imageIsTriedFourTimes() async throws {
        let clock = VirtualClock()
        let start = clock.now
        let transport = CannedTransport(Array(repeating: WireResponse(status: 503), count: 4))
        let platform = try Self.platform("{image: 'http://img.test/p'}", transport, clock: clock)
        let outcome = await platform.echo()
        let reason = "Reached maximum retries (3) for URL http://img.test/p"
        #expect(outcome.texts == ["Failed to download image: http://img.test/p: \(reason)"])
        #expect(transport.requests.count == 4)
        // Half a second, one and two.
        #expect(clock.now.timeIntervalSince(start) == 3.5)
    }

    @Test func addressThatCannotBeCalledFailsAsInDify() async throws {
        let platform = try Self.platform("{image: nowhere}, {image: 'http://h:x/'}", CannedTransport([]))
        let outcome = await platform.echo()
        #expect(
            outcome.texts == [
                "Failed to download image: nowhere: Reached maximum retries (3) for URL nowhere",
                "Failed to download image: http://h:x/: Invalid port: 'x'",
            ])
    }

    @Test func imageOfAnotherHostPassesByItsAddress() async throws {
        let transport = CannedTransport([])
        let platform = try Self.platform("{image: 'https://other.test/p'}", transport, hosts: ["img.test"])
        let outcome = await platform.echo()
        #expect(outcome.types == ["image"])
        #expect(outcome.notes.first?.contains("--allow-live") == true)
        #expect(transport.requests.isEmpty)
    }

    /// An address that the platform has signed leads to its own store, over no network.
    @Test func ownImageIsReadFromTheStore() async throws {
        let platform = try Platform.probe("reply: [{image: '{{url}}'}]")
        let asked = try await platform.call(.uploadFile, ["filename": "cat.png", "mimetype": "image/png"])
        let address = try #require(asked.data.first?["url"]?.string)
        let query = try UploadQuery(String(address.drop { $0 != "?" }.dropFirst()))
        let file = try platform.acceptUpload(
            filename: "cat.png", mimeType: "image/png", content: Data("cat".utf8), query: query)
        let url = try #require(file["preview_url"]?.string)
        let outcome = await platform.echo(["url": .string(url)])
        #expect(outcome.types == ["image_link"])
        #expect(outcome.texts.first??.hasSuffix(".png") == true)
        let forged = await platform.echo(["url": .string(url.replacing("sign=", with: "sign=x"))])
        #expect(forged.types == ["image"])
    }

    // MARK: - Files

    @Test(
        "names and types of blobs",
        arguments: [
            ("{mime_type: application/pdf, filename: report}", "link", ".pdf"),
            ("{mime_type: application/image-set}", "image_link", ".bin"), ("{mime_type: IMAGE/PNG}", "link", ".png"),
            ("{mime_type: audio/ogg}", "link", ".oga"), ("{mime_type: '', filename: ''}", "link", ".bin"),
        ])
    func blobs(_ meta: String, _ type: String, _ fileExtension: String) async throws {
        let outcome = try await Platform.probe("reply: [{blob: {text: hi}, meta: \(meta)}]").echo()
        #expect(outcome.types == [type])
        #expect(outcome.texts.first??.hasSuffix(fileExtension) == true)
    }

    @Test func idInTheMetaDataStays() async throws {
        let outcome = try await Platform.probe("reply: [{blob: {text: hi}, meta: {tool_file_id: mine}}]").echo()
        #expect(outcome.messages.first?.meta?["tool_file_id"] == "mine")
    }

    @Test(
        "meta data of another kind fail as in Python",
        arguments: [
            ("{mime_type: 5}", "'int' object has no attribute 'lower'"),
            ("{mime_type: image/png, filename: [a]}", "'list' object has no attribute 'split'"),
        ])
    func strangeMetaData(_ meta: String, _ text: String) async throws {
        let outcome = try await Platform.probe("reply: [{blob: {text: hi}, meta: \(meta)}, {text: more}]").echo()
        #expect(outcome.messages.isEmpty)
        #expect(outcome.error == "read tool response failed: request failed: \(text)")
    }

    @Test func filesThatNeverEndHaveABound() throws {
        var chunks = BlobChunks(largestFile: 4)
        for id in ["a", "b", "c", "d"] { #expect(try chunks.take(try Self.chunk(of: id)) == nil) }
        let error = #expect(throws: MessageError.self) { try chunks.take(try Self.chunk(of: "e")) }
        #expect(error?.text.hasPrefix("dify-emulator: more than 16 bytes of files wait") == true)
        // What has come to its end makes room.
        #expect(try chunks.take(try Self.chunk(of: "a", base64: "", isLast: true)) != nil)
        #expect(try chunks.take(try Self.chunk(of: "e")) == nil)
    }

    private static func chunk(of id: String, base64: String = "AAAAAA==", isLast: Bool = false) throws
        -> ReceivedMessage
    {
        let body: JSONValue = [
            "id": .string(id), "sequence": 0, "total_length": 1, "blob": .string(base64), "end": .bool(isLast),
        ]
        return try ReceivedMessage(["type": "blob_chunk", "message": body])
    }

    // MARK: - Releases

    @Test(
        "before 1.14.0 links did not name their file",
        arguments: [
            ("{image_link: /files/tools/7.png}", nil), ("{blob: {text: hi, mime_type: image/png}}", "image/png"),
        ])
    func releases(_ item: String, _ mimeType: String?) async throws {
        var options = Platform.Options()
        options.profile = try Profile("1.13.3")
        let outcome = try await Platform.probe("reply: [\(item)]", options: options).echo()
        let meta: JSONObject? = mimeType.map { ["mime_type": .string($0)] }
        #expect(outcome.messages.first?.meta == meta)
    }

    // MARK: - Closures

    @Test func closuresAreTreatedAsTools() async throws {
        let outcome = try await Self.closure { reply in
            for (bytes, isLast) in [("he", false), ("re", true)] {
                let body: JSONValue = [
                    "id": "c", "sequence": 0, "total_length": 4,
                    "blob": .string(Data(bytes.utf8).base64EncodedString()), "end": .bool(isLast),
                ]
                try await reply.send(ToolInvokeMessage(type: .blobChunk, body: body, meta: ["mime_type": "image/png"]))
            }
            try await reply.text("done")
        }
        #expect(outcome.types == ["image_link", "text"])
    }

    @Test func messageThatDifyRefusesEndsAClosure() async throws {
        let outcome = try await Self.closure { reply in
            try await reply.text("before")
            try await reply.send(ToolInvokeMessage(type: .text, body: ["text": 5]))
        }
        #expect(outcome.texts == ["before"])
        #expect(
            outcome.error?.hasPrefix(
                "read tool response failed: request failed: 17 validation errors for ToolInvokeMessage\n") == true)
    }

    private static func closure(
        _ answer: @escaping @Sendable (ToolReplyWriter) async throws -> Void
    ) async throws -> Outcome {
        let platform = try Platform.probe("")
        try platform.defaultWorkspace.reply(to: .builtin, "acme/probe/probe", "echo") { _, reply in
            try await answer(reply)
        }
        return await platform.echo()
    }

    // MARK: - The platform

    private static func platform(
        _ items: String, _ transport: CannedTransport, hosts: [String] = ["*"], clock: VirtualClock = VirtualClock()
    ) throws -> Platform {
        var options = Platform.Options()
        options.live = LiveAccess(hosts: hosts, transport: transport)
        options.clock = clock
        return try Platform.probe("reply: [\(items)]", options: options)
    }
}

/// Answers requests in order, and keeps them.
private final class CannedTransport: LiveTransport {
    private let state: Mutex<(responses: [WireResponse], requests: [WireRequest])>

    init(_ responses: [WireResponse]) { state = Mutex((responses, [])) }

    var requests: [WireRequest] { state.withLock { $0.requests } }

    func response(to request: WireRequest) async throws(LiveFailure) -> WireResponse {
        let response = state.withLock { state in
            state.requests.append(request)
            return state.responses.isEmpty ? nil : state.responses.removeFirst()
        }
        guard let response else { throw LiveFailure("All connection attempts failed") }
        return response
    }
}
