import DifyProtocol
import Foundation
import TestSupport
import Testing

/// `invoke --explain` and `tools generate`.
struct ExplainCommandTests {
    private static let demo = ["--seed", "seeds/demo.yaml"]
    private static let petstore = "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11"

    @Test func explainShowsRequestArgumentsAndAnswer() async throws {
        let result = try await ChildProcess.run(
            ["invoke", "api", Self.petstore, "listPets", "--param", "limit=5", "--param", "limits=6", "--explain"]
                + Self.demo)
        #expect(result.status == 0)
        for part in [
            "The request", "GET https://pets.example.com/v1/pets?limit=5", "The arguments", "ARGUMENT", "Traps",
            "no parameter is called limits, so it is not sent", "remedy: did you mean limit?", "What would answer",
            "the tool's reply",
        ] {
            #expect(result.output.contains(part), "\(part) in \(result.output)")
        }
    }

    @Test func explanationForMachinesIsOneObject() async throws {
        let result = try await ChildProcess.run(
            ["invoke", "api", Self.petstore, "listPets", "--param", "limit=500", "--explain", "--json"] + Self.demo)
        let json = try JSONParser.parse(result.output)
        #expect(json["request"]?["method"] == "GET")
        #expect(json["arguments"]?.array?.first?["cast"] == 500)
        #expect(json["violations"]?.array?.first?["problem"] == "500, where at most 100 is wanted")
        #expect(json["violations"]?.array?.first?["line"]?.number?.integer != nil)
        #expect(json["error"] == .null)
    }

    @Test func explanationOfAFailureEndsWithStatusOne() async throws {
        let result = try await ChildProcess.run(
            ["invoke", "api", Self.petstore, "listPets", "--param", "limit=x", "--explain"] + Self.demo)
        #expect(result.status == 1)
        #expect(result.output.contains("Dify fails while it casts the arguments"))
        #expect(result.output.contains("invalid literal for int() with base 10: 'x'"))
    }

    @Test func explainSaysWhatItIsForElsewhere() async throws {
        let result = try await ChildProcess.run(
            ["invoke", "builtin", "google", "google_search", "--param", "query=x", "--explain"] + Self.demo)
        #expect(result.status == 0)
        #expect(result.output.contains("requests and traps are explained for kind api"))
        let remote = try await ChildProcess.run(
            ["invoke", "builtin", "google", "google_search", "--explain", "--url", "http://127.0.0.1:1"])
        #expect(remote.status != 0)
        #expect(remote.errors.contains("--explain looks into a workspace"))
    }

    @Test func generatePrintsStatusTypeAndBody() async throws {
        let arguments = ["tools", "generate", "api", "petstore", "listPets"] + Self.demo
        let result = try await ChildProcess.run(arguments)
        #expect(result.status == 0)
        #expect(result.output.contains("status     200"))
        #expect(result.output.contains("type       application/json"))
        let json = try JSONParser.parse(try await ChildProcess.run(arguments + ["--json"]).output)
        #expect(json["status"] == 200)
        #expect(json["content_type"] == "application/json")
        let body = try JSONParser.parse(try #require(json["body"]?.string))
        #expect(body.array?.isEmpty == false)
        #expect(try await ChildProcess.run(arguments).output == result.output)
    }

    @Test func generateIsForCustomToolsOnly() async throws {
        let result = try await ChildProcess.run(
            ["tools", "generate", "builtin", "google", "google_search"] + Self.demo)
        #expect(result.status == 1)
        #expect(result.errors.contains("has no API document to make a response from"))
    }
}
