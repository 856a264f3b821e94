import DifyEmulator
import DifyServer
import Foundation
import Hummingbird
import Logging
import NIOCore

/// HTTP transactions per second, against the same server framework answering constant bytes, and against nginx.
///
/// `wrk` makes the load (`apt-get install wrk nginx-light`); what is missing is said and left out.
struct TransactionBenchmark {
    private static let seed = """
        plugins:
          - id: acme/probe
            tools:
              - name: echo
                parameters: [{name: q, required: true}]
                reply: [{text: "got {{q}}"}, {json: {a: 1}}, {text: "and more"}]
        """
    private static let call =
        #"{"event":"session","session_id":"s","data":{"type":"invoke","data":{"type":"tool","#
        + #""backwards_request_id":"r","request":{"tool_type":"builtin","provider":"acme/probe/probe","#
        + #""tool":"echo","tool_parameters":{"q":"x"}}}}}"#

    func run() async throws {
        guard let wrk = Self.find("wrk") else {
            print("HTTP transactions: left out, because wrk is not installed")
            return
        }
        let platform = try Platform(seeds: [.text(Self.seed, name: "seed")])
        let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        var configuration = EmulatorServer.Configuration()
        configuration.port = 0
        let server = EmulatorServer(platform: platform, configuration: configuration, logger: logger)
        let emulator = try await Self.started { ready in try await server.run { ready($0) } }
        let path = "/backwards-invocation/transaction"
        let body = try await Self.body(emulator.url.appending(path: path))
        print("HTTP transactions (wrk -t1 -c64 -d5s, \(body.count) bytes in three messages and an end):")
        let own = try Self.rate(wrk, emulator.url.appending(path: path))
        print("  dify-emulator: \(Int(own)) a second")
        emulator.task.cancel()

        let constant = try await Self.started { ready in try await Self.constantServer(body, ready) }
        let yardstick = try Self.rate(wrk, constant.url.appending(path: path))
        print(
            "  Hummingbird with the same bytes: \(Int(yardstick)) a second; ratio \((own / yardstick * 100).rounded() / 100)"
        )
        constant.task.cancel()

        guard let nginx = Self.find("nginx") else {
            print("  nginx: left out, because it is not installed")
            return
        }
        let rate = try Self.withNginx(nginx, answering: body) { try Self.rate(wrk, $0.appending(path: path)) }
        print("  nginx with the same bytes: \(Int(rate)) a second; ratio \((own / rate * 100).rounded() / 100)")
    }

    // MARK: - Servers

    private static func started(
        _ run: @escaping @Sendable (@escaping @Sendable (URL) -> Void) async throws -> Void
    ) async throws -> (url: URL, task: Task<Void, any Error>) {
        let ready = AsyncStream<URL>.makeStream()
        let task = Task { try await run { ready.continuation.yield($0) } }
        guard let url = await ready.stream.first(where: { _ in true }) else { throw BenchmarkError("no server") }
        return (url, task)
    }

    private static func constantServer(_ body: Data, _ ready: @escaping @Sendable (URL) -> Void) async throws {
        let router = Router()
        let buffer = ByteBuffer(bytes: body)
        router.post("/backwards-invocation/transaction") { request, _ in
            _ = try await request.body.collect(upTo: 1 << 20)
            return Response(
                status: .ok, headers: [.contentType: "text/event-stream"], body: ResponseBody(byteBuffer: buffer))
        }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                if let url = URL(string: "http://127.0.0.1:\(channel.localAddress?.port ?? 0)") { ready(url) }
            }, logger: Logger(label: "constant") { _ in SwiftLogNoOpLogHandler() })
        try await application.run()
    }

    private static func withNginx<Value>(
        _ nginx: URL, answering body: Data, _ measure: (URL) throws -> Value
    ) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "nginx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = String(decoding: body, as: UTF8.self).replacingOccurrences(of: "\\", with: "\\\\")
            .replacingOccurrences(of: "'", with: "\\'").replacingOccurrences(of: "$", with: "${dollar}")
        let port = 18_000 + Int(ProcessInfo.processInfo.processIdentifier) % 10_000
        let configuration = """
            worker_processes 2; daemon off; pid \(folder.path)/pid; error_log \(folder.path)/error crit;
            events { worker_connections 512; }
            http {
              access_log off; default_type text/event-stream; keepalive_requests 10000000;
              geo $dollar { default "$"; }
              client_body_temp_path \(folder.path); proxy_temp_path \(folder.path);
              fastcgi_temp_path \(folder.path); uwsgi_temp_path \(folder.path); scgi_temp_path \(folder.path);
              server { listen 127.0.0.1:\(port); location / { return 200 '\(text)'; } }
            }
            """
        let file = folder.appending(path: "nginx.conf")
        try configuration.write(to: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = nginx
        process.arguments = ["-c", file.path]
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        Thread.sleep(forTimeInterval: 0.5)
        guard process.isRunning, let url = URL(string: "http://127.0.0.1:\(port)") else {
            throw BenchmarkError("nginx did not start")
        }
        return try measure(url)
    }

    // MARK: - Load

    private static func body(_ url: URL) async throws -> Data {
        try run("/usr/bin/env", ["curl", "-s", "--noproxy", "*", "--data-binary", call, url.absoluteString])
    }

    /// Requests a second.
    private static func rate(_ wrk: URL, _ url: URL) throws -> Double {
        let script = FileManager.default.temporaryDirectory.appending(path: "call-\(UUID().uuidString).lua")
        try "wrk.method = 'POST'\nwrk.body = [==[\(call)]==]\n".write(to: script, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: script) }
        let output = String(
            decoding: try run(wrk.path, ["-t1", "-c64", "-d5s", "-s", script.path, url.absoluteString]), as: UTF8.self)
        guard !output.contains("Non-2xx"), let match = output.firstMatch(of: /Requests\/sec:\s+([0-9.]+)/),
            let rate = Double(match.1)
        else { throw BenchmarkError("wrk: \(output)") }
        return rate
    }

    private static func run(_ path: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }

    private static func find(_ name: String) -> URL? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return (folders + ["/usr/sbin"]).map { URL(fileURLWithPath: "\($0)/\(name)") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}
