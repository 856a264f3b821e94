import DifyProtocol
import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What a store keeps when its server is killed.
struct DurabilityTests {
    /// `SIGKILL` right after an answer, 200 times: nothing that was answered "ok" is lost, and nothing is half written.
    @Test(.timeLimit(.minutes(10))) func storedValuesOutliveTheServer() async throws {
        let file = try Project.temporaryFolder().appending(path: "store.db").path
        var kept: [String: String] = [:]
        // Set while the server is killed: either value may be found, yet only as a whole.
        var racing: Set<String?> = [nil]
        for round in 0..<200 {
            let server = try await RunningServer(["--store", file])
            // A key from long ago, and those of the round before.
            for key in ["latest", "key/\((round + 1) % 20)", "key/\((round + 19) % 20)"] {
                #expect(try await Self.stored(key, at: server.url) == kept[key])
            }
            let found = try await Self.stored("racing", at: server.url)
            #expect(racing.contains(found))
            for (key, value) in [("key/\(round % 20)", "\(round)"), ("latest", "value of round \(round)")] {
                #expect(try await Self.store(value, under: key, at: server.url))
                kept[key] = value
            }
            let next = String(repeating: "\(round) ", count: 2000)
            let set = Task { [url = server.url] in try? await Self.store(next, under: "racing", at: url) }
            _ = server.stop(SIGKILL)
            let isAnswered = await set.value == true
            racing = isAnswered ? [next] : [found, next]
        }
        let server = try await RunningServer(["--store", file])
        for (key, value) in kept { #expect(try await Self.stored(key, at: server.url) == value) }
    }

    // MARK: - Helpers

    /// - Returns: Whether the server answered "ok".
    private static func store(_ value: String, under key: String, at url: String) async throws -> Bool {
        let hex = value.utf8.map { String(0x100 + Int($0), radix: 16).suffix(2) }.joined()
        let answer = try await call(["opt": "set", "key": .string(key), "value": .string(hex)], at: url)
        return answer?["data"] == "ok"
    }

    /// The value under a key; nil when there is none.
    private static func stored(_ key: String, at url: String) async throws -> String? {
        guard let hex = try await call(["opt": "get", "key": .string(key)], at: url)?["data"]?.string else {
            return nil
        }
        let digits = Array(hex)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0..<($0 + 2)]), radix: 16)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The data of the answer to a storage call; nil for an error.
    private static func call(_ request: JSONObject, at url: String) async throws -> JSONValue? {
        let transaction = TransactionRequest(
            sessionID: "s", requestID: "r", invocation: Invocation(type: .storage, request: request))
        let address = try #require(URL(string: url + "/backwards-invocation/transaction"))
        var http = URLRequest(url: address)
        http.httpMethod = "POST"
        http.httpBody = Data(transaction.body)
        let (data, _) = try await URLSession.shared.data(for: http)
        let first = data.split(separator: 0x0A).first ?? Data()
        let event = try JSONParser.parse(utf8: first)["data"]
        return event?["event"] == "response" ? event?["data"] : nil
    }
}
