import DifyEmulator
import DifyProtocol
import Foundation
import Testing

/// Which script answers, how often, and what is said when none does.
struct ScriptTests {
    @Test(
        "operators",
        arguments: [
            ("a", ["q": "a"], true), ("a", ["q": "b"], false), ("1", ["q": 1.0], true), ("'1'", ["q": 1], false),
            ("{contains: wif}", ["q": "swift"], true), ("{contains: 2}", ["q": [1, 2]], true),
            ("{contains: 3}", ["q": [1, 2]], false), ("{matches: '^s.+t$'}", ["q": "swift"], true),
            ("{matches: wif}", ["q": "swift"], true), ("{matches: '^w'}", ["q": "swift"], false),
            ("{matches: '1'}", ["q": 21], true), ("{oneOf: [a, 2]}", ["q": 2.0], true),
            ("{oneOf: [a, 2]}", ["q": "2"], false),
            ("{absent: true}", [:], true), ("{absent: true}", ["q": nil], false), ("{absent: false}", ["q": nil], true),
            ("null", ["q": nil], true), ("null", [:], false),
            ("{equal: {b: 1, a: 2}}", ["q": ["a": 2, "b": 1.0]], true),
            ("{contains: w, matches: 't$'}", ["q": "swift"], true),
            ("{contains: w, matches: 'x$'}", ["q": "swift"], false),
        ] as [(String, JSONObject, Bool)])
    func operators(_ condition: String, _ parameters: JSONObject, _ matches: Bool) async throws {
        let platform = try Platform.probe(
            "reply: [{text: canned}]",
            scripts: "[{match: {parameters: {q: \(condition)}}, respond: [{text: scripted}]}]")
        #expect(await platform.echo(parameters).texts == [matches ? "scripted" : "canned"])
    }

    @Test func priorityThenSpecificityThenOrder() async throws {
        let scripts = """

              - {name: general, match: {tool: echo}, respond: [{text: general}]}
              - {name: contains, match: {tool: echo, parameters: {q: {contains: a}}}, respond: [{text: contains}]}
              - {name: equal, match: {tool: echo, parameters: {q: a}}, respond: [{text: equal}]}
              - {name: later, match: {tool: echo, parameters: {q: a}}, respond: [{text: later}]}
              - {name: urgent, match: {parameters: {q: urgent}}, priority: 1, respond: [{text: urgent}]}
              - {name: exact, match: {kind: builtin, provider: acme/probe/probe, tool: echo, parameters: {q: urgent}},
                 respond: [{text: exact}]}
            """
        let platform = try Platform.probe("reply: []", scripts: scripts)
        #expect(await platform.echo(["q": "z"]).texts == ["general"])
        #expect(await platform.echo(["q": "ba"]).texts == ["contains"])
        #expect(await platform.echo(["q": "a"]).texts == ["equal"])
        #expect(await platform.echo(["q": "urgent"]).texts == ["urgent"])
    }

    @Test func usedUpScriptLetsTheNextOneAnswer() async throws {
        let scripts = """

              - {name: first, match: {tool: echo}, times: 2, priority: 2, respond: [{text: first}]}
              - {name: second, match: {tool: echo}, times: 1, priority: 1, respond: [{text: second}]}
            """
        let platform = try Platform.probe("description: no reply", scripts: scripts)
        var answers: [String?] = []
        for _ in 0..<3 { answers += await platform.echo().texts }
        #expect(answers == ["first", "first", "second"])
        let last = await platform.echo()
        #expect(last.error?.contains("dify-emulator: no reply for builtin tool acme/probe/probe echo with {}") == true)
        #expect(last.error?.contains("matched but is used up") == true)
    }

    @Test(
        "sequences",
        arguments: [
            ("repeat", ["a", "b", "b", "b"]), ("cycle", ["a", "b", "a", "b"]), ("refuse", ["a", "b"]),
        ])
    func sequences(_ then: String, _ expected: [String]) async throws {
        let platform = try Platform.probe("sequence: [[{text: a}], [{text: b}]]\nthen: \(then)")
        var answers: [String?] = []
        var errors: [String] = []
        for _ in 0..<4 {
            let outcome = await platform.echo()
            answers += outcome.texts
            errors += [outcome.error].compactMap(\.self)
        }
        #expect(answers == expected)
        #expect(errors.count == 4 - expected.count)
        #expect(errors.allSatisfy { $0.hasSuffix("is used up after 2 calls") })
    }

    @Test func workspacesCountForThemselves() async throws {
        let platform = try Platform.probe("sequence: [[{text: a}], [{text: b}]]")
        let other = try platform.workspace(named: "other")
        _ = await platform.echo()
        #expect(await platform.outcome(.builtin, "acme/probe/probe", "echo", in: other).texts == ["a"])
        #expect(await platform.echo().texts == ["b"])
    }

    @Test func errorInTheMiddleKeepsWhatCameBefore() async throws {
        let scripts = "[{match: {}, respond: [{text: one}, {error: \"429 {{q}}\"}]}]"
        let outcome = try await Platform.probe("reply: []", scripts: scripts).echo(["q": "x"])
        #expect(outcome.texts == ["one"])
        #expect(outcome.error == "read tool response failed: request failed: 429 x")
    }

    @Test func refusalBeforeTheFirstByte() async throws {
        let scripts = "[{match: {}, respond: [{refuse: {status: 403, message: no}}]}]"
        let outcome = try await Platform.probe("reply: []", scripts: scripts).echo()
        let body = #"{"code":"forbidden","message":"no","status":403}"#
        #expect(
            outcome.error
                == "invoke tool failed: request failed with status code: 403 and respond with: \(body)\n")
    }

    @Test func rawErrorStandsAsItIs() async throws {
        let outcome = try await Platform.probe("reply: [{error: {raw: \"{{as it is}}\"}}]").echo()
        #expect(outcome.error == "{{as it is}}")
    }

    @Test func nearestScriptIsNamedWithWhatFailed() async throws {
        let scripts = "[{name: swift only, match: {parameters: {q: {contains: swift}}}, respond: [{text: a}]}]"
        let platform = try Platform.probe("description: no reply", scripts: scripts)
        let error = try #require(await platform.echo(["q": "kotlin"]).error)
        #expect(error.contains(#"nearest script "swift only": q must contain "swift", is "kotlin""#))
    }

    @Test func lenientAnswersWithAPlaceholder() async throws {
        var options = Platform.Options()
        options.isLenient = true
        let outcome = try await Platform.probe("description: x", options: options).echo(["q": 1])
        #expect(outcome.texts == [#"[dify-emulator placeholder] builtin tool acme/probe/probe echo with {"q":1}"#])
        #expect(outcome.source == "placeholder")
    }

    @Test func delaysPassOnTheClock() async throws {
        let clock = VirtualClock()
        let start = clock.now
        var options = Platform.Options()
        options.clock = clock
        let platform = try Platform.probe("reply: [{delay: 90s, text: a}, {delay: 30m, text: b}]", options: options)
        #expect(await platform.echo().texts == ["a", "b"])
        #expect(clock.now.timeIntervalSince(start) == 90 + 1800)
    }
}
