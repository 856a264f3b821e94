import DifyProtocol
import Foundation
import TestSupport
import Testing

/// Recorded exchanges between the SDK and Dify: what plugins send has to be read.
struct ExchangeTests {
    /// A recorded call.
    struct Exchange: Sendable {
        let name: String
        let invocation: Invocation
        /// The text with which the daemon refused the request; nil when it did not.
        let refusal: String?

        /// - Returns: nil for a line without a request: no call was made.
        init?(line: String, file: String) throws {
            let row = try JSONParser.parse(line)
            guard let type = row["type"]?.string.flatMap(InvocationType.init(rawValue:)),
                let request = row["request"]?.object
            else { return nil }
            name = "\(file): \(row["name"]?.string ?? "")"
            invocation = Invocation(type: type, request: request)
            let message = row["events"]?.array?.first?["message"]?.string
            refusal = message?.hasPrefix("unmarshal backwards invoke request failed: ") == true ? message : nil
        }
    }

    private static func exchanges() throws -> [Exchange] {
        let folder = Project.file("Tests/SDK/suite/exchanges")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
        return try files.sorted().flatMap { file in
            try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
                .split(separator: "\n").compactMap { try Exchange(line: String($0), file: file) }
        }
    }

    @Test func requestsAreReadOrRefusedAsRecorded() throws {
        let exchanges = try Self.exchanges()
        #expect(exchanges.count >= 100)
        for exchange in exchanges {
            do {
                _ = try CheckedInvocation(exchange.invocation, refusesBooleanParameters: true)
                #expect(exchange.refusal == nil, "\(exchange.name)")
            } catch {
                #expect(error.message == exchange.refusal, "\(exchange.name)")
            }
        }
    }
}
