import DifyProtocol
import Foundation
import TestSupport
import Testing

@testable import DifyEmulator

/// Addresses of files, their signatures, and what Dify says about a file.
struct FileTests {
    private static let tenant = "7b6a0c52-1d2e-8f30-9a4b-5c6d7e8f9012"
    private static let user = "e0e0e0e0-0000-4000-8000-000000000001"
    private static let nonce = "00112233445566778899aabbccddeeff"

    // MARK: - Signatures

    /// Computed with Python's `hmac` and `urllib.parse`.
    @Test(
        "signatures of uploads",
        arguments: [
            ("chart.png", "image/png", "1767225600", "fClCZ3biIrhDo5vI-du6uN3rWuufT99A4MJ5NrdalTI="),
            ("naïve ünï & co.png", "image/png", "1767225600", "M92pFF1wJYiA8Sk35w3rF22xwj4CZKji_SxTfgmAa1o="),
            ("../../x.png", "image/svg+xml", "1767225900", "yustAzcx7xxtEOzQwHizH6H-0XfiVRkSdcIly6EwWfw="),
        ])
    func signsUploads(filename: String, mimeType: String, timestamp: String, sign: String) {
        let signature = FileSignature(seed: 7)
        #expect(
            signature.ofUpload(
                filename: filename, mimeType: mimeType, tenantID: Self.tenant, userID: Self.user,
                timestamp: timestamp, nonce: Self.nonce) == sign)
        let query = QueryText.encode([
            ("timestamp", timestamp), ("nonce", Self.nonce), ("sign", sign), ("user_id", Self.user),
            ("tenant_id", Self.tenant),
        ])
        #expect(
            query == "timestamp=\(timestamp)&nonce=\(Self.nonce)&sign=\(sign.dropLast())%3D&user_id=\(Self.user)"
                + "&tenant_id=\(Self.tenant)")
    }

    @Test(
        "signatures of previews",
        arguments: [
            ("00000000000000000000000000000000", "2WVz7-HJuqYXOMW28hNGovj1M7RN0gPzCLZlpYA_qdU="),
            ("00000000000000000000000000000003", "_ZR4gPlKmg2JVcz3piBNMrEuoOva2-z8xY4InIA6ay0="),
        ])
    func signsPreviews(nonce: String, sign: String) {
        let id = "5c1e5c1e-0000-4000-8000-000000000001"
        #expect(FileSignature(seed: 7).ofPreview(fileID: id, timestamp: "1767225601", nonce: nonce) == sign)
        #expect(FileSignature(seed: 8).ofPreview(fileID: id, timestamp: "1767225601", nonce: nonce) != sign)
    }

    @Test(arguments: [("1000", true), ("999", true), ("700", true), ("699", false), ("5000", true), ("x", false)])
    func signaturesLast300Seconds(timestamp: String, isCurrent: Bool) {
        #expect(FileSignature.isCurrent(timestamp, now: 1000) == isCurrent)
    }

    @Test func queriesAreWrittenAndReadAsInPython() {
        let written = QueryText.encode([("a b", "c+d/é~_.-"), ("q", "=&?")])
        #expect(written == "a+b=c%2Bd%2F%C3%A9~_.-&q=%3D%26%3F")
        #expect(JSONValue.object(QueryText.decode(written)).description == #"{"a b":"c+d/é~_.-","q":"=&?"}"#)
        let odd = JSONValue.object(QueryText.decode("e=%zz%4&e=2&&f&=x&g="))
        #expect(odd.description == #"{"e":"%zz%4","f":"","":"x","g":""}"#)
        #expect(QueryText.quote("a/b é&.png") == "a/b%20%C3%A9%26.png")
    }

    @Test func missingParametersAreToldInPydanticsWords() {
        let error = #expect(throws: FileRefusal.self) { try UploadQuery("timestamp=1767225600&nonce=\(Self.nonce)") }
        let input = "[type=missing, input_value={'timestamp': '1767225600...5566778899aabbccddeeff'}, input_type=dict]"
        let link = "    For further information visit https://errors.pydantic.dev/2.12/v/missing"
        #expect(error?.refusal.status == 400)
        #expect(
            error?.refusal.message == """
                2 validation errors for PluginUploadQuery
                sign
                  Field required \(input)
                \(link)
                tenant_id
                  Field required \(input)
                \(link)
                """)
        let flag = #expect(throws: FileRefusal.self) {
            try PreviewQuery("timestamp=1&nonce=2&sign=3&as_attachment=maybe")
        }
        #expect(flag?.refusal.message.hasPrefix("1 validation error for ToolFileQuery\nas_attachment\n") == true)
        #expect(flag?.refusal.message.contains("[type=bool_parsing, input_value='maybe', input_type=str]") == true)
        #expect(throws: Never.self) { try PreviewQuery("timestamp=&nonce=&sign=") }
    }

    // MARK: - Names and types

    @Test(
        "extensions by type",
        arguments: [
            ("image/png", ".png"), ("image/jpeg", ".jpg"), ("IMAGE/PNG", ".png"), ("text/plain", ".txt"),
            ("application/octet-stream", ".bin"), ("audio/mpeg", ".mp3"), ("audio/x-wav", ".wav"),
            ("audio/wav", ".bin"), ("image/jpg", ".bin"), ("image/webp", ".webp"), ("application/xml", ".xsl"),
            ("video/mp4", ".mp4"),
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"), ("no/such", ".bin"),
        ])
    func guessesExtensions(mimeType: String, fileExtension: String) {
        #expect(FileExtension.of(mimeType) == fileExtension)
    }

    @Test(arguments: [
        ("chart", "chart.png"), ("chart.jpg", "chart.jpg"), ("a.b/c", "a.b/c"), ("../../x", "../../x"),
        (".hidden", ".hidden"), ("a/b", "a/b.png"),
    ])
    func completesNames(name: String, completed: String) {
        #expect(FileExtension.completed(name, mimeType: "image/png") == completed)
    }

    // MARK: - Uploads

    @Test func uploadIsToldInFifteenMembers() throws {
        let (platform, query) = try Self.platform(filename: "../../chart", mimeType: "image/png")
        let answer = try platform.acceptUpload(
            filename: "../../chart", mimeType: "image/png", content: Data([1, 2, 3]), query: query)
        let workspace = platform.defaultWorkspace
        #expect(
            answer.keys == [
                "id", "reference", "name", "size", "extension", "mime_type", "created_by", "created_at", "preview_url",
                "source_url", "original_url", "user_id", "tenant_id", "conversation_id", "file_key",
            ])
        let id = try #require(answer["id"]?.string)
        #expect(ProviderUUID(id)?.description == id)
        #expect(answer["name"] == "../../chart" && answer["size"] == 3 && answer["extension"] == ".png")
        #expect(answer["mime_type"] == "image/png" && answer["user_id"] == .string(Self.user))
        #expect(answer["tenant_id"] == .string(workspace.tenantID.description))
        for key in ["created_by", "created_at", "source_url", "original_url", "conversation_id"] {
            #expect(answer[key]?.isNull == true)
        }
        let encoded = Data(#"{"record_id":"\#(id)"}"#.utf8).base64EncodedString()
        #expect(answer["reference"] == .string("dify-file-ref:\(encoded)"))
        let key = try #require(answer["file_key"]?.string)
        #expect(key.wholeMatch(of: /tools\/[0-9a-f-]{36}\/[0-9a-f]{32}\.png/) != nil)
        let preview = try #require(answer["preview_url"]?.string).split(separator: "?")
        #expect(preview[0] == "http://127.0.0.1:5002/files/tools/\(id).png")
        let file = try platform.file(id: id, query: PreviewQuery(String(preview[1])))
        #expect(file.content == Data([1, 2, 3]) && file.name == "../../chart")
    }

    @Test func sameUploadsGetTheSameIdsInEveryRun() throws {
        let contents: [[UInt8]] = [[1], [2], [1], []]
        let runs = try (0..<2).map { _ -> [JSONObject] in
            let (platform, query) = try Self.platform(filename: "a.txt", mimeType: "text/plain")
            return try contents.map { content in
                try platform.acceptUpload(
                    filename: "a.txt", mimeType: "text/plain", content: Data(content), query: query)
            }
        }
        #expect(runs[0] == runs[1])
        #expect(Set(runs[0].map { $0["id"] }).count == 4)
    }

    @Test(
        "refused uploads",
        arguments: [
            ("b.txt", "text/plain", 403, "Invalid request."), ("a.txt", "text/html", 403, "Invalid request."),
            ("", "text/plain", 403, "Invalid request."), ("a.txt", "", 403, "Invalid request."),
        ])
    func refusesUploads(filename: String, mimeType: String, status: Int, message: String) throws {
        let (platform, query) = try Self.platform(filename: "a.txt", mimeType: "text/plain")
        let error = #expect(throws: FileRefusal.self) {
            try platform.acceptUpload(filename: filename, mimeType: mimeType, content: Data(), query: query)
        }
        #expect(error?.refusal == Refusal(status: status, code: "forbidden", message: message))
    }

    @Test func addressesGrowOld() async throws {
        let clock = VirtualClock()
        let (platform, query) = try Self.platform(filename: "a.txt", mimeType: "text/plain", clock: clock)
        try await clock.sleep(for: .seconds(300))
        let answer = try platform.acceptUpload(filename: "a.txt", mimeType: "text/plain", content: Data(), query: query)
        try await clock.sleep(for: .seconds(1))
        #expect(throws: FileRefusal.self) {
            try platform.acceptUpload(filename: "a.txt", mimeType: "text/plain", content: Data(), query: query)
        }
        let id = try #require(answer["id"]?.string)
        let address = try #require(answer["preview_url"]?.string)
        let preview = try PreviewQuery(String(address.split(separator: "?")[1]))
        #expect(try platform.file(id: id, query: preview).content.isEmpty)
        try await clock.sleep(for: .seconds(300))
        #expect(throws: FileRefusal.self) { try platform.file(id: id, query: preview) }
    }

    @Test func tenantsAreFoundAfterANewNumber() throws {
        let path = try Project.temporaryFolder().appending(path: "s.db").path
        let first = try Platform(.file(path), seeds: [.text("seed: 7", name: "seed")])
        let tenant = first.defaultWorkspace.tenantID.description
        #expect(try first.store.workspaceName(tenant: tenant) == "default")
        try first.store.keepWorkspace("other", basedOn: "default")
        let other = Workspace.tenantID(ofWorkspace: "other", seed: 7).description
        #expect(try first.store.workspaceName(tenant: other) == "other")
        let second = try Platform(.file(path), seeds: [.text("seed: 8", name: "seed")])
        #expect(try second.store.workspaceName(tenant: tenant) == nil)
        #expect(try second.store.workspaceName(tenant: second.defaultWorkspace.tenantID.description) == "default")
    }

    // MARK: - Files of workspaces

    @Test func filesAreInputsOnlyInTheirOwnWorkspace() async throws {
        let (app, seeded) = ("1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30", "3f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30")
        let seed = """
            seed: 7
            apps: [{id: \(app), name: Look, mode: workflow, inputs: [{name: photo, type: file}]}]
            files: [{id: \(seeded), name: a.txt, text: hello}]
            """
        let platform = try Platform(seeds: [.text(seed, name: "seed")])
        let (one, two) = (try platform.workspace(named: "one"), try platform.workspace(named: "two"))
        func error(_ file: String, in workspace: Workspace) async throws -> String? {
            let photo: JSONObject = ["transfer_method": "tool_file", "tool_file_id": .string(file), "type": "document"]
            let request: JSONObject = [
                "app_id": .string(app), "inputs": ["photo": .object(photo)], "response_mode": "blocking",
            ]
            return try await platform.call(.app, request, in: workspace).error
        }
        let uploaded = try await platform.session(in: one).file
            .upload(filename: "b.txt", content: [1], mimeType: "text/plain").id
        let inBase = try await platform.session().file
            .upload(filename: "b.txt", content: [1], mimeType: "text/plain").id
        #expect(try await error(uploaded, in: one) == nil)
        #expect(try await error(uploaded, in: two)?.contains("ToolFile \(uploaded) not found") == true)
        #expect(try await error(inBase, in: platform.defaultWorkspace) == nil)
        #expect(try await error(inBase, in: one)?.contains("ToolFile \(inBase) not found") == true)
        for workspace in [platform.defaultWorkspace, one, two] {
            #expect(try await error(seeded, in: workspace) == nil)
            let url = try #require(platform.uploadedFile(seeded, in: workspace)?["preview_url"]?.string)
            let preview = try PreviewQuery(String(url.split(separator: "?")[1]))
            #expect(try platform.file(id: seeded, query: preview).content == Data("hello".utf8))
        }
    }

    private static func platform(
        filename: String, mimeType: String, clock: VirtualClock = VirtualClock()
    ) throws -> (Platform, UploadQuery) {
        var options = Platform.Options()
        options.clock = clock
        let platform = try Platform(seeds: [.text("seed: 7", name: "seed")], options: options)
        let url = platform.uploadURL(
            filename: filename, mimeType: mimeType, userID: user, in: platform.defaultWorkspace,
            callID: "00112233-4455-8677-8899-aabbccddeeff")
        return (platform, try UploadQuery(String(url.split(separator: "?")[1])))
    }
}
