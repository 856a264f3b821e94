import DifyEmulator
import DifyProtocol
import DifyServer
import Foundation
import Logging
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The server within this process, over a real socket.
struct ServerTests {
    private static let seed = """
        plugins:
          - id: acme/probe
            tools:
              - {name: echo, parameters: [{name: q}], reply: [{text: "{{q}}"}]}
              - {name: slow, reply: [{text: first}, {delay: 1h, text: last}]}
        """

    @Test func answersOverHTTPAndEndsWithItsTask() async throws {
        try await withServer { url, _ in
            let lines = try await Self.post(Self.call("echo", ["q": "hi"]), to: url)
            #expect(
                lines == [
                    Self.line(
                        #""event":"response","message":"stream","data":{"type":"text","message":{"text":"hi"},"meta":null}"#
                    ),
                    Self.line(#""event":"end","message":"","data":null"#),
                ])
        }
    }

    @Test func workspacesHaveAddresses() async throws {
        try await withServer { url, platform in
            try platform.workspace(named: "test_a[1]").reply(to: .builtin, "acme/probe/probe", "echo") { call, reply in
                try await reply.text("in \(call.workspace)")
            }
            let own = try #require(URL(string: url.absoluteString + "/w/test_a%5B1%5D"))
            let lines = try await Self.post(Self.call("echo", ["q": "x"]), to: own)
            #expect(lines.first?.contains(#""text":"in test_a[1]""#) == true)
            #expect(try await Self.post(Self.call("echo", ["q": "x"]), to: url).first?.contains(#""text":"x""#) == true)
            let bad = try await Self.post(Self.call("echo", [:]), to: url.appending(path: "w/a%20b"))
            #expect(bad.first?.contains("a workspace's name is 1 to 200 characters") == true)
        }
    }

    @Test func healthCheckAnswers() async throws {
        try await withServer { url, _ in
            let (data, response) = try await URLSession.shared.data(from: url.appending(path: "health/check"))
            #expect((response as? HTTPURLResponse)?.statusCode == 200)
            #expect(String(decoding: data, as: UTF8.self) == #"{"status":"ok"}"#)
        }
    }

    @Test func portInUseIsTold() async throws {
        try await withServer { url, platform in
            var configuration = EmulatorServer.Configuration()
            configuration.port = try #require(url.port)
            let second = EmulatorServer(platform: platform, configuration: configuration, logger: Logger(label: "test"))
            let error = await #expect(throws: ServerError.self) { try await second.run() }
            #expect(error?.description.contains("is in use; name another with --port") == true)
        }
    }

    @Test func callerThatLeavesEndsItsStreamAndNobodyElses() async throws {
        try await withServer { url, platform in
            let (began, ended) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
            try platform.defaultWorkspace.reply(to: .builtin, "acme/probe/probe", "slow") { _, reply in
                defer { ended.continuation.finish() }
                try await reply.text("first")
                began.continuation.finish()
                try await Task.sleep(for: .seconds(3600))
            }
            let leaving = Task { try await Self.post(Self.call("slow", [:]), to: url) }
            for await _ in began.stream {}
            leaving.cancel()
            for await _ in ended.stream {}
            #expect(try await Self.post(Self.call("echo", ["q": "still here"]), to: url).count == 2)
        }
    }

    @Test func openStreamDoesNotHoldTheShutdownUp() async throws {
        let began = AsyncStream<Void>.makeStream()
        let (streaming, _) = try await withServer { url, platform in
            try platform.defaultWorkspace.reply(to: .builtin, "acme/probe/probe", "slow") { _, _ in
                began.continuation.finish()
                try await Task.sleep(for: .seconds(3600))
            }
            let task = Task { try await Self.post(Self.call("slow", [:]), to: url) }
            for await _ in began.stream {}
            return (task, url)
        }
        // Getting here is the point: the server has ended although the stream had an hour to go.
        _ = await streaming.result
    }

    @Test func wrongAddressIsTold() async throws {
        try await withServer { url, _ in
            for path in ["wx/NAME", "w/a/b", "w"] {
                let lines = try await Self.post(Self.call("echo", [:]), to: url.appending(path: path))
                #expect(lines.first?.contains("dify-emulator: there is no address /\(path)/backwards") == true)
                #expect(lines.last?.contains(#""event":"end""#) == true)
            }
        }
    }

    // MARK: - Helpers

    private func withServer<Value>(_ body: (URL, Platform) async throws -> Value) async throws -> Value {
        let platform = try Platform(seeds: [.text(Self.seed, name: "seed")])
        var configuration = EmulatorServer.Configuration()
        configuration.port = 0
        let server = EmulatorServer(platform: platform, configuration: configuration, logger: Logger(label: "test"))
        let ready = AsyncStream<URL>.makeStream()
        let running = Task { try await server.run { ready.continuation.yield($0) } }
        defer { running.cancel() }
        let url = try #require(await ready.stream.first { _ in true })
        let value = try await body(url, platform)
        running.cancel()
        _ = await running.result
        return value
    }

    private static func call(_ tool: String, _ parameters: JSONObject) -> [UInt8] {
        let request: JSONObject = [
            "tool_type": "builtin", "provider": "acme/probe/probe", "tool": .string(tool),
            "tool_parameters": .object(parameters),
        ]
        return TransactionRequest(
            sessionID: "s", requestID: "r", invocation: Invocation(type: .tool, request: request)
        ).body
    }

    private static func line(_ data: String) -> String {
        #"{"session_id":"s","conversation_id":null,"message_id":null,"app_id":null,"endpoint_id":null,"context":null,"#
            + #""event":"backwards_response","data":{"backwards_request_id":"r",\#(data)}}"#
    }

    private static func post(_ body: [UInt8], to base: URL) async throws -> [String] {
        var request = URLRequest(url: base.appending(path: "backwards-invocation/transaction"))
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        let (data, _) = try await URLSession.shared.data(for: request)
        return String(decoding: data, as: UTF8.self).components(separatedBy: "\n\n").filter { !$0.isEmpty }
    }
}
