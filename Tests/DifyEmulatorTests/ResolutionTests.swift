import DifyEmulator
import DifyProtocol
import TestSupport
import Testing

/// Lookups that fail: Dify's text for the plugin, and what the emulator knows beside it.
struct ResolutionTests {
    struct Failing: Sendable, CustomTestStringConvertible {
        let kind: ToolKind
        let provider: String
        let tool: String
        let status: Int
        let message: String
        let note: String
        var testDescription: String { "\(kind) \(provider) \(tool)" }
    }

    private static let petstore = "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11"
    private static let report = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10"

    static let failing = [
        Failing(
            kind: .builtin, provider: "Google", tool: "x", status: 400, message: "Invalid plugin id Google",
            note: "langgenius/google/google"),
        Failing(
            kind: .builtin, provider: "tavily", tool: "x", status: 500, message: "Internal Server Error",
            note: "tavily was looked up as langgenius/tavily/tavily"),
        Failing(
            kind: .builtin, provider: "acme/google/google", tool: "google_search", status: 500,
            message: "Internal Server Error", note: "nearest builtin providers: langgenius/google/google"),
        Failing(
            kind: .builtin, provider: "google", tool: "Google_Search", status: 400,
            message: "Tool with name Google_Search not found", note: "this one is \"google_search\""),
        Failing(
            kind: .builtin, provider: "time", tool: "now", status: 400, message: "builtin tool now not found",
            note: "current_time"),
        Failing(
            kind: .workflow, provider: petstore, tool: "x", status: 400,
            message: "workflow provider \(petstore) not found", note: "is the API \"petstore\": call it with kind api"),
        Failing(
            kind: .workflow, provider: "summarize_report", tool: "x", status: 500, message: "Internal Server Error",
            note: "call it by that id"),
        Failing(
            kind: .api, provider: report, tool: "listPets", status: 400, message: "api provider \(report) not found",
            note: "is the workflow \"summarize_report\": call it with kind workflow"),
        Failing(
            kind: .api, provider: "00000000-0000-4000-8000-000000000000", tool: "x", status: 400,
            message: "api provider 00000000-0000-4000-8000-000000000000 not found", note: "api providers"),
        Failing(
            kind: .api, provider: petstore, tool: "listPet", status: 400, message: "tool listPet not found",
            note: "nearest names: \"listPets\""),
        Failing(
            kind: .api, provider: "langgenius/google/google", tool: "google_search", status: 500,
            message: "Internal Server Error", note: "is a plugin's provider: call it with kind builtin"),
    ]

    @Test(arguments: failing)
    func failingLookup(_ example: Failing) async throws {
        let platform = try Platform(seeds: [.file(Project.file("seeds/demo.yaml"))])
        let outcome = await platform.outcome(example.kind, example.provider, example.tool)
        let code = [400: "invalid_param", 404: "not_found", 500: "unknown"][example.status] ?? ""
        let refusal = Refusal(status: example.status, code: code, message: example.message)
        #expect(outcome.error == refusal.pluginMessage(for: .tool))
        #expect(outcome.notes.joined(separator: "\n").contains(example.note))
        #expect(outcome.source == "refused")
    }

    @Test(
        "names of any length and script are looked for",
        arguments: [
            String(repeating: "x", count: 100_000), "google_search" + String(repeating: "x", count: 200), "\u{0}",
            "é\u{301}",
            "👨‍👩‍👧‍👦", "a\nb", String(repeating: "é", count: 300),
        ])
    func oddNames(_ name: String) async throws {
        let platform = try Platform(seeds: [.file(Project.file("seeds/demo.yaml"))])
        for kind in ToolKind.allCases {
            let provider = [.builtin: "google", .workflow: Self.report, .api: Self.petstore][kind] ?? ""
            #expect(await platform.outcome(kind, provider, name).error != nil || kind == .workflow)
            #expect(await platform.outcome(kind, name, name).error != nil)
        }
    }

    @Test(
        "the bodies of refusals, byte for byte",
        arguments: [
            (
                Refusal.invalidParameter("a/b \"é\""),
                #"{"code":"invalid_param","message":"a\/b \"\u00e9\"","status":400}"# + "\n"
            ),
            (.internalServerError, #"{"message":"Internal Server Error","code":"unknown","status":500}"# + "\n"),
        ])
    func refusalBody(_ refusal: Refusal, _ body: String) { #expect(refusal.body == body) }

    @Test(
        "ids as PostgreSQL reads them",
        arguments: [
            petstore, petstore.uppercased(), "{\(petstore)}", petstore.filter { $0 != "-" },
        ])
    func spellingsOfAnID(_ provider: String) async throws {
        let platform = try Platform(seeds: [.file(Project.file("seeds/demo.yaml"))])
        let outcome = await platform.outcome(.api, provider, "listPets")
        #expect(outcome.texts == [#"[{"id":1,"name":"Rex"}]"#])
    }

    @Test func parameterThatDoesNotFitIsNamedBesideDifysText() async throws {
        let platform = try Platform.probe("parameters: [{name: n, type: number, required: true}]\nreply: [{text: a}]")
        let outcome = await platform.echo(["n": "abc"])
        #expect(
            outcome.error
                == Refusal.invalidParameter("invalid literal for int() with base 10: 'abc'").pluginMessage(for: .tool))
        #expect(outcome.notes == [#"this is about the parameter n, a number; given was "abc""#])
        let without = await platform.echo()
        #expect(without.texts == ["a"])
        #expect(without.notes == ["the required parameter n is missing; Dify leaves that check to the plugin"])
    }

    @Test func workflowToolNameIsNotCompared() async throws {
        let platform = try Platform(seeds: [.file(Project.file("seeds/demo.yaml"))])
        let outcome = await platform.outcome(.workflow, Self.report, "anything", ["report": "r"])
        #expect(outcome.types == ["variable", "variable", "text", "json"])
    }

    @Test(
        "credentials of a plugin",
        arguments: [
            ("", nil), ("not a uuid", nil), ("11111111-1111-4111-8111-111111111111", nil),
            ("22222222-2222-4222-8222-222222222222", "provider has been deleted: 22222222-2222-4222-8222-222222222222"),
        ])
    func credentials(_ given: String, _ message: String?) async throws {
        let seed = """
            plugins:
              - id: acme/mail
                credentials: [{id: 11111111-1111-4111-8111-111111111111, name: work}]
                tools: [{name: send, reply: [{text: sent}]}]
              - id: acme/empty
                credentials: []
                tools: [{name: send, reply: [{text: sent}]}]
            """
        let platform = try Platform(seeds: [.text(seed, name: "s")])
        var outcome = Outcome()
        do {
            let calls = platform.session().tool.invoke(
                .builtin, provider: "acme/mail/mail", toolName: "send", credentialID: given)
            for try await message in calls { outcome.messages.append(message) }
        } catch let error as InvocationError {
            outcome.error = error.message
        }
        #expect(outcome.error == message.map { Refusal.invalidParameter($0).pluginMessage(for: .tool) })
        let without = await platform.outcome(.builtin, "acme/empty/empty", "send")
        #expect(
            without.error
                == Refusal.invalidParameter("no default provider for acme/empty/empty").pluginMessage(for: .tool))
    }
}
