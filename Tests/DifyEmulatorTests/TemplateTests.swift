import DifyEmulator
import DifyProtocol
import Testing

struct TemplateTests {
    @Test(
        "templates in text",
        arguments: [
            ("{{q}}", ["q": "<&>"], "<&>"), ("{{ q }}!", ["q": 1.50], "1.5!"), ("{{a.b}}", ["a": ["b": "in"]], "in"),
            ("{{a.b}}", ["a.b": "exact", "a": ["b": "in"]], "exact"), ("{{a.1}}", ["a": ["x", "y"]], "y"),
            ("{{q}} {{q}}", ["q": ["k": true]], #"{"k": true} {"k": true}"#), ("[{{q}}]", ["q": nil], "[]"),
            ("{{q}}", ["q": "{{other}}", "other": 1], "{{other}}"), ("no braces }}", [:], "no braces }}"),
            ("{{#l}}<{{.}}>{{/l}}", ["l": ["a", "b"]], "<a><b>"), ("{{flag}}", ["flag": true], "true"),
            ("{{a.b.c}}", ["a.b.c": "deep"], "deep"), ("{{X Y}}", ["X Y": 1], "1"),
            ("{{user[id]}}", ["user[id]": "u"], "u"),
            ("{{$top}}/{{日本}}", ["$top": 5, "日本": "jp"], "5/jp"), ("{{{q}}}", ["q": "<"], "<"),
            ("{{&q}}", ["q": "<"], "<"),
            ("{{^gone}}none{{/gone}}", ["gone": []], "none"), ("a{{q}}b{{q}}c", ["q": "-"], "a-b-c"),
        ] as [(String, JSONObject, String)])
    func text(_ template: String, _ parameters: JSONObject, _ expected: String) async throws {
        let quoted = JSONValue.string(template).description
        let outcome = try await Platform.probe("reply: [{text: \(quoted)}]").echo(parameters)
        #expect(outcome.texts == [expected])
        #expect(outcome.notes == [])
    }

    @Test func aLoneReferenceInJSONKeepsItsType() async throws {
        let platform = try Platform.probe("reply: [{json: {n: '{{n}}', t: 'n={{n}}', o: ['{{o}}']}}]")
        let outcome = await platform.echo(["n": .number(JSONNumber(literal: "1.50")), "o": ["z": 1, "a": 2]])
        #expect(outcome.messages.first?.jsonObject?.description == #"{"n":1.50,"t":"n=1.50","o":[{"z":1,"a":2}]}"#)
    }

    @Test func whatIsAbsentIsEmptyAndTold() async throws {
        let outcome = try await Platform.probe("reply: [{text: 'a{{gone}}b'}, {json: {x: '{{lost.one}}'}}]").echo()
        #expect(outcome.texts.first == "ab")
        #expect(outcome.messages.last?.jsonObject == ["x": ""])
        #expect(
            outcome.notes == [
                "the template {{gone}} stands for nothing in this call",
                "the template {{lost.one}} stands for nothing in this call",
            ])
    }
}
