import DifyEmulator
import DifyProtocol
import Foundation
import Synchronization
import Testing

/// Calls of custom tools, from the document to the messages: what Dify's own code sent, and what it made of the
/// response.
struct APICallCorpusTests {
    @Test("calls of custom tools")
    func calls() async throws {
        try await Corpus.run("api-tool-cases") { example in
            let recorder = RecordedServer(example.value)
            let outcome = try await Self.outcome(of: example.value, recorder)
            let expected = try #require(example.value["expect"])
            let requests = ([expected["request"]] + (expected["then_requests"]?.array ?? [])).compactMap { $0 }
                .filter { !$0.isNull }
            let sent = zip(recorder.requests, requests + Array(repeating: .null, count: 99)).map(Self.shown)
            let findings: [(got: JSONValue, wanted: JSONValue, what: String)] = [
                (.array(sent), .array(requests), "the request"),
                (.array(outcome.messages), expected["messages"] ?? [], "the answer"),
                (outcome.error, expected["error"] ?? .null, "the error"),
                (outcome.phase, expected["error_phase"] ?? .null, "the phase of the error"),
            ]
            let differing = findings.first { $0.got.description != $0.wanted.description }
            return differing.map { .differs("\($0.what) is \($0.got), not \($0.wanted)") } ?? .agrees
        }
    }

    private struct Outcome {
        var messages: [JSONValue] = []
        var error = JSONValue.null
        var phase = JSONValue.null
    }

    private static func outcome(of example: JSONValue, _ server: RecordedServer) async throws -> Outcome {
        let id = "5b0f2f6a-55f1-4b0e-9d7b-2f6f3f5f0a01"
        let seed: JSONValue = [
            "apis": [
                [
                    "name": "corpus", "id": .string(id), "schema": .string(example["spec"]?.description ?? ""),
                    "credentials": example["credentials"] ?? [:], "live": true,
                ]
            ]
        ]
        var options = Platform.Options()
        options.live = LiveAccess(hosts: ["*"], transport: server)
        let platform = try Platform(seeds: [.text(seed.description, name: "case")], options: options)
        let isMissing = example["provider_missing"]?.bool == true
        let call = ToolInvocation(
            kind: .api, provider: isMissing ? "00000000-0000-4000-8000-000000000000" : id,
            tool: example["tool"]?.string ?? "", parameters: read(example["arguments"] ?? [:]).object ?? [:])
        // The platform's own door: the daemon would look at the request before.
        let answer = platform.answer(.call(.tool(call)), in: platform.defaultWorkspace, user: "")
        var outcome = Outcome()
        for try await event in answer.events {
            for event in event {
                switch event {
                case .response(let data): outcome.messages.append(data)
                case .error(let failure):
                    switch failure.cause {
                    case .exception(let text): (outcome.error, outcome.phase) = (.string(text), "stream")
                    case .refusal(let refusal): (outcome.error, outcome.phase) = (.string(refusal.message), "prepare")
                    default: outcome.error = .string(failure.text)
                    }
                case .end: break
                }
            }
        }
        return outcome
    }

    /// The arguments as the platform reads its requests: whole numbers that 64 bits cannot hold are no whole numbers.
    private static func read(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number)
        where number.isInteger && Int64(number.literal) == nil && UInt64(number.literal) == nil:
            .number(JSONNumber(number.double))
        case .array(let elements): .array(elements.map(read))
        case .object(let object): .object(JSONObject(object.map { ($0.key, read($0.value)) }))
        default: value
        }
    }

    /// A request in the form of the recorded ones, without what every request has and this one did not change.
    private static func shown(_ request: WireRequest, like recorded: JSONValue) -> JSONValue {
        let usual = [
            "accept": "*/*", "accept-encoding": "gzip, deflate", "connection": "keep-alive",
            "user-agent": "python-httpx/0.28.1",
        ]
        var headers: JSONObject = [:]
        for line in request.headers {
            let name = line.name.lowercased()
            if name == "content-length" || name == "host" || usual[name] == line.value { continue }
            if name == "traceparent", recorded["headers"]?["traceparent"] == nil { continue }
            switch headers[name] {
            case .array(let lines): headers[name] = .array(lines + [.string(line.value)])
            case .some(let first): headers[name] = [first, .string(line.value)]
            case nil: headers[name] = .string(line.value)
            }
        }
        // The order of lines is told elsewhere; here each stands by its name.
        let known = recorded["headers"]?.object?.keys.compactMap { key in headers[key].map { (key, $0) } } ?? []
        let others = headers.filter { member in !known.contains { $0.0 == member.key } }.map { ($0.key, $0.value) }
        return [
            "method": .string(request.method), "url": .string(request.url),
            "headers": .object(JSONObject(known + others)),
            "body": .string(String(decoding: request.body, as: UTF8.self)),
        ]
    }
}

/// The dialer of a recorded case: it keeps what is sent, and answers what was answered.
final class RecordedServer: LiveTransport {
    private let responses: [JSONValue]
    private let sent = Mutex<[WireRequest]>([])

    init(_ example: JSONValue) {
        responses = ([example["response"]] + (example["then_responses"]?.array ?? [])).compactMap { $0 }
    }

    var requests: [WireRequest] { sent.withLock { $0 } }

    func response(to request: WireRequest) async throws(LiveFailure) -> WireResponse {
        let index = sent.withLock { $0.count }
        guard responses.indices.contains(index) else { throw LiveFailure("the case has no more responses") }
        let response = responses[index]
        // A connection that was never made has no request.
        if response["error_kind"] != "connect" { sent.withLock { $0.append(request) } }
        if let error = response["error"]?.string { throw LiveFailure(error) }
        let binary = response["body_base64"]?.string.flatMap { Data(base64Encoded: $0) }
        let body = binary ?? Data((response["body"]?.string ?? "").utf8)
        return WireResponse(
            status: response["status"]?.number?.integer ?? 0,
            headers: (response["headers"]?.object ?? [:]).map { WireHeader($0.key, $0.value.string ?? "") },
            // Behind the answer to HEAD a client reads nothing.
            body: request.method == "HEAD" ? [] : Array(body))
    }
}
