import DifyEmulator
import DifyProtocol
import DifyServer
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Files over HTTP: taken at a signed address, and served from another.
struct UploadTests {
    private static let invalid = #"{"code":"forbidden","message":"Invalid request.","status":403}"# + "\n"
    private static let missing = #"{"code":"forbidden","message":"File is required.","status":403}"# + "\n"

    // MARK: - Uploads

    @Test(
        "uploads",
        arguments: [
            ("chart.png", "image/png", "chart.png", ".png"), ("chart", "image/png", "chart.png", ".png"),
            ("naïve 漢字.txt", "text/plain", "naïve 漢字.txt", ".txt"),
            ("../../x.png", "image/png", "../../x.png", ".png"),
            ("a\\b c.bin", "no/such", "a\\b c.bin", ".bin"), ("say \"hi\".csv", "text/csv", "say \"hi\".csv", ".csv"),
        ])
    func takesFilesAndServesThem(filename: String, mimeType: String, name: String, ending: String) async throws {
        try await serve { platform, url in
            let address = try Self.address(filename, mimeType, on: platform)
            #expect(address.absoluteString.hasPrefix(url.absoluteString + "/files/upload/for-plugin?timestamp="))
            let content = Data([0, 13, 10, 45, 45, 255])
            let answer = try await HTTPAnswer(Self.upload(content, filename, mimeType, to: address))
            #expect(answer.status == 201)
            #expect(answer.header("Content-Type") == "application/json")
            let json = try JSONParser.parse(answer.text)
            #expect(json["name"]?.string == name)
            #expect(json["size"] == 6)
            #expect(json["extension"]?.string == ending)
            #expect(json["mime_type"]?.string == mimeType)
            let preview = try #require(json["preview_url"]?.string)
            let served = try await Self.get(preview)
            #expect(served.status == 200)
            #expect(served.body == content)
            let type = mimeType.hasPrefix("text/") ? mimeType + "; charset=utf-8" : mimeType
            #expect(served.header("Content-Type") == type)
            #expect(served.header("Content-Length") == "6")
            #expect(served.header("Content-Disposition") == nil)
        }
    }

    @Test func emptyFileIsTaken() async throws {
        try await serve { platform, _ in
            let address = try Self.address("a.png", "image/png", on: platform)
            let answer = try await HTTPAnswer(Self.upload(Data(), "a.png", "image/png", to: address))
            #expect(answer.status == 201)
            let json = try JSONParser.parse(answer.text)
            #expect(json["size"] == 0)
            let preview = try #require(json["preview_url"]?.string)
            let served = try await Self.get(preview)
            #expect(served.status == 200 && served.body.isEmpty)
        }
    }

    @Test func addressIsGoodForSeveralUploads() async throws {
        try await serve { platform, _ in
            let address = try Self.address("a.png", "image/png", on: platform)
            var ids: Set<String> = []
            for _ in 0..<3 {
                let answer = try await HTTPAnswer(Self.upload(Data([1]), "a.png", "image/png", to: address))
                ids.insert(try #require(JSONParser.parse(answer.text)["id"]?.string))
            }
            #expect(ids.count == 3)
        }
    }

    @Test(
        "refused uploads",
        arguments: [
            ("another name", "b.png", "image/png", "file", true), ("another type", "a.png", "image/gif", "file", true),
            ("a type with parameters", "a.png", "image/png", "file", false), ("no name", "", "image/png", "file", true),
            ("no type", "a.png", "", "file", true), ("another field", "a.png", "image/png", "files", true),
        ])
    func refusesUploads(
        label: String, filename: String, mimeType: String, field: String, isPlain: Bool
    ) async throws {
        try await serve { platform, _ in
            // A type with parameters can be signed, and never be sent: only the type itself is looked at.
            let signed = isPlain ? "image/png" : "image/png; q=1"
            let address = try Self.address("a.png", signed, on: platform)
            let sent = isPlain ? mimeType : signed
            let answer = try await HTTPAnswer(Self.upload(Data([1]), filename, sent, field: field, to: address))
            #expect(answer.status == 403)
            #expect(answer.text == (field == "file" ? Self.invalid : Self.missing))
        }
    }

    @Test func bodyThatIsNoFormHoldsNoFile() async throws {
        try await serve { platform, _ in
            let address = try Self.address("a.png", "image/png", on: platform)
            let whole = Self.form(Data([1]), "a.png", "image/png")
            for (body, type) in [
                (Data(), "multipart/form-data; boundary=B"), (whole.dropLast(5), "multipart/form-data; boundary=B"),
                (whole, "multipart/form-data"), (whole, "multipart/form-data; boundary=C"),
                (whole, "application/json"), (Data("{}".utf8), "application/json"),
            ] {
                let answer = try await HTTPAnswer(Self.post(Data(body), type: type, to: address))
                #expect(answer.status == 403)
                #expect(answer.text == Self.missing)
            }
        }
    }

    @Test func changedAddressIsRefused() async throws {
        try await serve { platform, url in
            let address = try Self.address("a.png", "image/png", on: platform).absoluteString
            for (part, other) in [
                ("timestamp=1", "timestamp=2"), ("nonce=", "nonce=0"), ("sign=", "sign=A"), ("user_id=", "user_id=0"),
                ("tenant_id=", "tenant_id=0"),
            ] {
                let changed = try #require(URL(string: address.replacing(part, with: other)))
                let answer = try await HTTPAnswer(Self.upload(Data([1]), "a.png", "image/png", to: changed))
                #expect(answer.status == 403)
                #expect(answer.text == Self.invalid)
            }
            let bare = url.appending(path: "files/upload/for-plugin")
            let answer = try await HTTPAnswer(Self.upload(Data([1]), "a.png", "image/png", to: bare))
            #expect(answer.status == 400)
            let json = try JSONParser.parse(answer.text)
            #expect(json["code"] == "invalid_param")
            let message = json["message"]?.string ?? ""
            #expect(message.hasPrefix("4 validation errors for PluginUploadQuery\ntimestamp\n  Field required [type="))
        }
    }

    @Test func addressesGrowOld() async throws {
        let clock = VirtualClock()
        try await serve(clock: clock) { platform, _ in
            let address = try Self.address("a.png", "image/png", on: platform)
            try await clock.sleep(for: .seconds(301))
            let answer = try await HTTPAnswer(Self.upload(Data([1]), "a.png", "image/png", to: address))
            #expect(answer.status == 403)
            #expect(answer.text == Self.invalid)
        }
    }

    @Test func addressIsLookedAtBeforeTheBody() async throws {
        let clock = VirtualClock()
        try await serve(clock: clock, maximumUploadSize: 1024) { platform, _ in
            let address = try Self.address("a.png", "image/png", on: platform)
            let unknown = try #require(
                URL(string: address.absoluteString.replacing("tenant_id=", with: "tenant_id=0")))
            let body = Data(count: 3 * 1024 * 1024)
            let answer = try await HTTPAnswer(Self.upload(body, "a.png", "image/png", to: unknown))
            #expect(answer.status == 403 && answer.text == Self.invalid)
            try await clock.sleep(for: .seconds(301))
            let old = try await HTTPAnswer(Self.upload(body, "a.png", "image/png", to: address))
            #expect(old.status == 403 && old.text == Self.invalid)
        }
    }

    @Test func fileThatIsTooLargeIsRefused() async throws {
        try await serve(maximumUploadSize: 1024) { platform, _ in
            let address = try Self.address("a.png", "image/png", on: platform)
            let fits = try await HTTPAnswer(Self.upload(Data(count: 1024), "a.png", "image/png", to: address))
            #expect(fits.status == 201)
            // The second is larger than a form for such a file can be, so that its end is not even read.
            for size in [1025, 3 * 1024 * 1024] {
                let answer = try await HTTPAnswer(Self.upload(Data(count: size), "a.png", "image/png", to: address))
                #expect(answer.status == 413)
                let json = try JSONParser.parse(answer.text)
                #expect(json["code"] == "file_too_large" && json["status"] == 413)
            }
        }
    }

    // MARK: - Previews

    @Test func previewsNeedTheirSignature() async throws {
        let clock = VirtualClock()
        try await serve(clock: clock) { platform, url in
            let preview = try await Self.uploaded(Data("<p>".utf8), "a.png", "image/png", on: platform)
            for (part, other) in [("nonce=", "nonce=0"), ("sign=", "sign=A"), ("timestamp=1", "timestamp=2")] {
                let answer = try await Self.get(preview.replacing(part, with: other))
                #expect(answer.status == 403)
                #expect(answer.text == Self.invalid)
            }
            let answer = try await Self.get(String(preview.prefix { $0 != "?" }))
            #expect(answer.status == 400)
            #expect(answer.text.contains(#""message":"3 validation errors for ToolFileQuery\n"#))
            for path in [
                "files/tools/nothing.png", "files/tools/00000000-0000-4000-8000-000000000000",
                "files/tools/00000000000040008000000000000000.png",
            ] {
                #expect(try await HTTPAnswer(URLRequest(url: url.appending(path: path))).status == 404)
            }
            try await clock.sleep(for: .seconds(301))
            let old = try await Self.get(preview)
            #expect(old.status == 403)
        }
    }

    @Test func headHasNoBody() async throws {
        try await serve { platform, _ in
            let preview = try await Self.uploaded(Data([1, 2, 3]), "a.png", "image/png", on: platform)
            var request = URLRequest(url: try #require(URL(string: preview)))
            request.httpMethod = "HEAD"
            let answer = try await HTTPAnswer(request)
            #expect(answer.status == 200)
            #expect(answer.header("Content-Length") == "3")
            #expect(answer.body.isEmpty)
        }
    }

    @Test func attachmentsAndPagesAreSaved() async throws {
        try await serve { platform, _ in
            let image = try await Self.uploaded(Data([1]), "é x.png", "image/png", on: platform)
            let saved = try await Self.get(image + "&as_attachment=true")
            #expect(saved.header("Content-Disposition") == "attachment; filename*=UTF-8''%C3%A9%20x.png")
            #expect(saved.header("Content-Type") == "image/png")
            let page = try await Self.uploaded(Data("<p>".utf8), "page.html", "text/html", on: platform)
            let answer = try await Self.get(page)
            #expect(answer.header("Content-Disposition") == "attachment; filename*=UTF-8''page.html")
            #expect(answer.header("Content-Type") == "application/octet-stream")
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
        }
    }

    // MARK: - Helpers

    private func serve(
        clock: VirtualClock = VirtualClock(), maximumUploadSize: Int = 15 * 1024 * 1024,
        _ body: (Platform, URL) async throws -> Void
    ) async throws {
        var options = Platform.Options()
        options.clock = clock
        let platform = try Platform(seeds: [.text("seed: 7", name: "seed")], options: options)
        var configuration = EmulatorServer.Configuration()
        configuration.maximumUploadSize = maximumUploadSize
        try await InProcessServer.serve(platform, configuration: configuration) { url in
            try await body(platform, url)
        }
    }

    /// The address that a plugin gets for a file.
    private static func address(_ filename: String, _ mimeType: String, on platform: Platform) throws -> URL {
        let call = Invocation(
            type: .uploadFile, request: ["filename": .string(filename), "mimetype": .string(mimeType)])
        let events = try #require(platform.answer(call, in: platform.defaultWorkspace).events.immediate)
        guard case .response(let data) = events.first else { throw UploadError(events: events) }
        let text = try #require(data["url"]?.string)
        return try #require(URL(string: text))
    }

    private struct UploadError: Error {
        let events: [ReplyEvent]
    }

    private static func get(_ address: String) async throws -> HTTPAnswer {
        try await HTTPAnswer(URLRequest(url: try #require(URL(string: address))))
    }

    /// Uploads a file.
    ///
    /// - Returns: The address from which it is served.
    private static func uploaded(
        _ content: Data, _ filename: String, _ mimeType: String, on platform: Platform
    ) async throws -> String {
        let address = try address(filename, mimeType, on: platform)
        let answer = try await HTTPAnswer(upload(content, filename, mimeType, to: address))
        return try #require(JSONParser.parse(answer.text)["preview_url"]?.string)
    }

    private static func upload(
        _ content: Data, _ filename: String, _ mimeType: String, field: String = "file", to address: URL
    ) -> URLRequest {
        post(form(content, filename, mimeType, field: field), type: "multipart/form-data; boundary=B", to: address)
    }

    /// A form as Python's `requests` writes it.
    private static func form(
        _ content: Data, _ filename: String, _ mimeType: String, field: String = "file"
    ) -> Data {
        let name = filename.replacing("\"", with: "%22")
        var head = "--B\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\n"
        if !mimeType.isEmpty { head += "Content-Type: \(mimeType)\r\n" }
        return Data("\(head)\r\n".utf8) + content + Data("\r\n--B--\r\n".utf8)
    }

    private static func post(_ body: Data, type: String, to address: URL) -> URLRequest {
        var request = URLRequest(url: address)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        return request
    }
}
